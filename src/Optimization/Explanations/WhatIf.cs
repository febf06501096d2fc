using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Explanations;

/// <summary>"What if this bound were another?": at once as a certified interval, or solved again from the prices that are known.</summary>
public static class WhatIf
{
    /// <summary>Solves the program with other bounds, starting from the prices of an allocation.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="changes">New bounds; rows that are not named keep theirs.</param>
    /// <param name="solver">Solves the changed program.</param>
    /// <param name="options">Options of the solve; its warm start is replaced by the allocation's prices.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The new allocation beside the old one, or the conflict.</returns>
    /// <exception cref="ArgumentException">The allocation belongs to another program, a row is out of range or named twice, or bounds are no
    /// interval.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static WhatIfResult Solve(
        AllocationProgram program,
        Allocation allocation,
        IReadOnlyList<BoundChange> changes,
        IAllocationSolver solver,
        SolveOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(options);
        var changed = Apply(program, allocation, changes);
        var interval = Interval(program, allocation, changes);
        var result = solver.Solve(changed, options with { WarmStart = allocation.DualPrices.ToArray() }, cancellationToken);
        result.TryGetAllocation(out var after);
        var before = allocation.Certificate;
        var rows = before.Rows.Select((row, r) =>
            new RowDifference(row.Name, row.Use, after?.Certificate.Rows[r].Use, allocation.DualPrices[r], after?.DualPrices[r]));
        return new WhatIfResult(changed, result, before.Objective, after?.Certificate.Objective, interval, [.. rows]);
    }

    /// <summary>Certified limits of the new objective without solving: no pass over the units unless a bound that has a price is removed.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="changes">New bounds; rows that are not named keep theirs.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Solve"/>.</exception>
    public static ObjectiveInterval Interval(AllocationProgram program, Allocation allocation, IReadOnlyList<BoundChange> changes)
    {
        var changed = Apply(program, allocation, changes);

        // Shrinking keeps the caps, since "no action" uses nothing.
        var shrink = 1.0;
        foreach (var (row, use) in changed.Rows.Zip(allocation.Certificate.Rows, (row, certified) => (row, certified.Use)))
        {
            shrink = row.Upper is { } upper && use > upper ? Math.Min(shrink, upper / use) : shrink;
        }

        var keeps = changed.Rows.Zip(allocation.Certificate.Rows).All(pair => pair.First.Lower is not { } lower || pair.Second.Use * shrink >= lower);
        return new ObjectiveInterval(keeps ? shrink * allocation.Certificate.Objective : null, UpperBound(changed, allocation));
    }

    /// <summary>Upper limit of the new objective without solving: the Lagrangian of the changed program at the old prices.</summary>
    /// <param name="program">The program that was solved.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="changes">New bounds; rows that are not named keep theirs.</param>
    /// <returns>In money; exact while the prices stay right.</returns>
    /// <exception cref="ArgumentException">As in <see cref="Solve"/>.</exception>
    public static double UpperBound(AllocationProgram program, Allocation allocation, IReadOnlyList<BoundChange> changes) =>
        UpperBound(Apply(program, allocation, changes), allocation);

    /// <summary>The Lagrangian at an allocation's prices of its own program with other bounds.</summary>
    internal static double UpperBound(AllocationProgram changed, Allocation allocation)
    {
        var bound = allocation.Certificate.DualBound;
        for (var r = 0; r < changed.RowArray.Length; r++)
        {
            var (row, price) = (changed.RowArray[r], allocation.DualPrices[r]);
            if (PriceTable.Clip(row, price) != price)
            {
                // Without this price units answer differently.
                return new PriceTable(changed, allocation.DualPrices).Bound();
            }

            // As long as prices stay, only the bounds' own part of the Lagrangian moves.
            var before = allocation.Certificate.Rows[r];
            bound += price > 0 ? price * (row.Upper!.Value - before.Upper!.Value) : price < 0 ? price * (row.Lower!.Value - before.Lower!.Value) : 0;
        }

        return bound;
    }

    private static AllocationProgram Apply(AllocationProgram program, Allocation allocation, IReadOnlyList<BoundChange> changes)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(allocation);
        ArgumentNullException.ThrowIfNull(changes);
        ExplanationBorder.CheckAllocation(program, allocation);
        if (changes.DistinctBy(change => change.Row).Count() != changes.Count)
        {
            throw new ArgumentException("A row is named twice.", nameof(changes));
        }

        return changes.Aggregate(program, (changed, change) => changed.WithBounds(change.Row, change.Lower, change.Upper));
    }
}
