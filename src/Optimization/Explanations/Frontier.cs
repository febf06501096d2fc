using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>Value against one bound: what the plan would be worth with less or more of a budget or a volume.</summary>
/// <param name="Row">Name of the row.</param>
/// <param name="Side">The bound that moves.</param>
/// <param name="Points">By ascending bound. The objectives are concave up to the certified gaps.</param>
public sealed record Frontier(string Row, BoundSide Side, IReadOnlyList<FrontierPoint> Points)
{
    /// <summary>Solves the program at each bound of a grid, outwards from the multiple nearest to 1, each from the prices of its neighbour.</summary>
    /// <param name="program">The program.</param>
    /// <param name="row">Index of the row whose bound moves.</param>
    /// <param name="side">Which of its bounds.</param>
    /// <param name="solver">Solves each program.</param>
    /// <param name="options">The grid; null for the default.</param>
    /// <param name="solveOptions">Options of each solve; its warm start, if any, is that of the first; null for the defaults.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The frontier; bounds beyond the row's other bound are <see cref="AllocationStatus.Infeasible"/>.</returns>
    /// <exception cref="ArgumentException">The row is out of range or has no such bound, or the grid does not ascend.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Frontier Trace(
        AllocationProgram program,
        int row,
        BoundSide side,
        IAllocationSolver solver,
        FrontierOptions? options = null,
        SolveOptions? solveOptions = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(solver);
        var bound = ExplanationBorder.CheckBound(program, row, side);
        options ??= new FrontierOptions();
        options.Validate();
        solveOptions ??= new SolveOptions();

        var grid = options.Grid;
        var solved = new Solved[grid.Count];
        var start = Enumerable.Range(0, grid.Count).MinBy(i => Math.Abs(grid[i] - 1));
        solved[start] = At(start, solveOptions);
        for (var i = start - 1; i >= 0; i--)
        {
            solved[i] = At(i, Warm(solveOptions, solved[i + 1].Allocation));
        }

        for (var i = start + 1; i < grid.Count; i++)
        {
            solved[i] = At(i, Warm(solveOptions, solved[i - 1].Allocation));
        }

        return new Frontier(program.Rows[row].Name, side, [.. solved.Select((_, i) => Point(i))]);

        Solved At(int i, SolveOptions warm)
        {
            if (ExplanationBorder.Moved(program, row, side, grid[i] * bound) is not { } moved)
            {
                return new Solved(null, AllocationStatus.Infeasible, null);
            }

            var result = solver.Solve(moved, warm, cancellationToken);
            result.TryGetAllocation(out var allocation);
            return new Solved(moved, result.Status, allocation);
        }

        FrontierPoint Point(int i)
        {
            var (moved, status, allocation) = solved[i];
            if (allocation is null)
            {
                return new FrontierPoint(grid[i], grid[i] * bound, status, null, null, null, null, null);
            }

            var dual = solved.Where(other => other.Allocation is not null).Min(other => WhatIf.UpperBound(moved!, other.Allocation!));
            return new FrontierPoint(
                grid[i], grid[i] * bound, status, allocation.Certificate.Objective, dual,
                ExplanationBorder.Actions(allocation), allocation.Certificate.Rows[row].Use, allocation.DualPrices[row]);
        }
    }

    private static SolveOptions Warm(SolveOptions options, Allocation? neighbour) =>
        neighbour is null ? options : options with { WarmStart = neighbour.DualPrices.ToArray() };

    private sealed record Solved(AllocationProgram? Program, AllocationStatus Status, Allocation? Allocation);
}
