using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>How <see cref="DualSolver"/> works.</summary>
/// <param name="TargetGap">Certified relative gap of the linear program at which it is content, positive; default 1e-6.</param>
/// <param name="AcceptedGap">Certified relative gap above which, its own means spent, it falls back to random blocks, positive; default 1e-4.</param>
/// <param name="CoreUnits">
/// Units whose choices are left to the linear program at the end, at least 10; null, the default, for 60 a row and at least 2,000. A program with no more
/// units than that is solved whole.
/// </param>
/// <param name="MaxParallelism">Most threads of a sweep; null, the default, for as many as there are cores. Results do not depend on it.</param>
/// <param name="Sample">Whether prices are first made nearly right on random samples, from the warm start if there is one; default true.</param>
/// <param name="Evaluator">What evaluates the dual; null, the default, for the cores of this machine.</param>
public sealed record DualOptions(
    double TargetGap = 1e-6, double AcceptedGap = 1e-4, int? CoreUnits = null, int? MaxParallelism = null, bool Sample = true,
    Func<AllocationProgram, IDualEvaluator>? Evaluator = null)
{
    internal void Validate()
    {
        if (!(TargetGap > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(TargetGap), TargetGap, "The target gap must be positive.");
        }

        if (!(AcceptedGap > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(AcceptedGap), AcceptedGap, "The accepted gap must be positive.");
        }

        if (CoreUnits < 10)
        {
            throw new ArgumentOutOfRangeException(nameof(CoreUnits), CoreUnits, "The core needs at least 10 units.");
        }
    }

    internal IDualEvaluator Evaluate(AllocationProgram program) => Evaluator?.Invoke(program) ?? new LocalDualEvaluator(program, MaxParallelism);
}
