using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Duals;

/// <summary>
/// Solves programs of millions of units through their prices: a random sample gives prices that are nearly right, a few sweeps over the whole population
/// make them right, and a linear program over the few units that are undecided at those prices makes the allocation exactly feasible and the prices
/// exact.
/// </summary>
/// <remarks>
/// With K rows an optimal vertex has at most K fractional units, so all but a few thousand units take their best action at the optimal prices. What is
/// returned is certified on the whole program; a gap above the target enlarges the core.
/// <para>With thousands of rows such a program would be as hard as the whole; there the smoothed choices themselves are the allocation, fractional and shrunk
/// into the bounds, and the path of the prices is followed to where smoothing vanishes.</para>
/// </remarks>
/// <param name="options">Target gap and sizes; null for the defaults.</param>
public sealed class DualSolver(DualOptions? options = null) : IAllocationSolver
{
    private const string Name = "dual refinement";
    private const int SolvedWhole = 4_000;

    private readonly DualOptions _options = options ?? new DualOptions();

    /// <inheritdoc/>
    public AllocationResult Solve(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(program.Rows.Count);
        _options.Validate();
        cancellationToken.ThrowIfCancellationRequested();
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.TimeLimit is { } limit)
        {
            limited.CancelAfter(limit);
        }

        try
        {
            var best = program.Rows.Count <= NewtonModel.LargestDense || program.UnitCount <= SolvedWhole
                ? new VertexStrategy(_options, Name).Solve(program, options, limited.Token)
                : new SmoothStrategy(_options, Name).Solve(program, options, limited.Token);
            return best ?? Otherwise(program, options, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AllocationResult.Without(AllocationStatus.TimeLimit, options, new SolveDiagnostics(Name));
        }
    }

    // No allocation within reach: because there is none, or because the rows leave so little that only blocks, each solved whole, find it.
    private static AllocationResult Otherwise(AllocationProgram program, SolveOptions options, CancellationToken cancellationToken) =>
        InfeasibilityAnalysis.Explain(program, options.TimeLimit ?? InfeasibilityAnalysis.UsualLimit, cancellationToken) is { } conflict
            ? AllocationResult.Conflict(conflict, options, new SolveDiagnostics(Name))
            : new PartitionSolver().Solve(program, options, cancellationToken);
}
