using Noah.Optimization.Duals;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>The host's solver, but for a program of <see cref="HeldUnits"/> units it first works, once, until it is told to stop.</summary>
internal sealed class HeldSolver : IAllocationSolver
{
    public const int HeldUnits = 87;

    private int _held;

    /// <summary>Set when the token stopped it.</summary>
    public ManualResetEventSlim Interrupted { get; } = new();

    public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
    {
        if (program.UnitCount == HeldUnits && Interlocked.Exchange(ref _held, 1) == 0)
        {
            options.Progress?.Report(new SolveProgress("refine", 0, 1));
            cancellationToken.WaitHandle.WaitOne();
            Interrupted.Set();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return new DualSolver().Solve(program, options, cancellationToken);
    }
}
