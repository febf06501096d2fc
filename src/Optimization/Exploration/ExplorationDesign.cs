using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;
using Noah.Optimization.Rounding;
using Noah.Optimization.Solvers;

namespace Noah.Optimization.Exploration;

/// <summary>
/// Plans a round in which a small random share of the units draws uniformly among its eligible actions, "no action" included, so that every
/// decision has a known positive probability and tomorrow's training and evaluation have overlap.
/// </summary>
/// <remarks>
/// Exploration comes before the optimisation: the explorers' use is taken off the bounds and the program is solved over the others, so
/// exploration never breaks a rule. One uniform number per unit decides everything about it: below the share it explores, and its place
/// below the share names the action; above, its place above the share rounds the optimiser's probabilities.
/// </remarks>
public static class ExplorationDesign
{
    /// <summary>Plans with draws from a seeded hash of each unit's key.</summary>
    /// <param name="program">The program; only units that may explore belong in it (no held-out or suppressed ones).</param>
    /// <param name="solver">Solver of the program that the explorers leave.</param>
    /// <param name="options">How much to explore.</param>
    /// <param name="solveOptions">Its seed also salts the draws.</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The plan, or why there is none.</returns>
    public static ExplorationResult Plan(
        AllocationProgram program,
        IAllocationSolver solver,
        ExplorationOptions options,
        SolveOptions solveOptions,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(solveOptions);
        var uniforms = new double[program.UnitCount];
        // A salt of its own: the partition hashes the same keys under the same seed.
        var salt = SeededHash.Of(solveOptions.Seed, 0x6578706C6F7265);
        for (var unit = 0; unit < uniforms.Length; unit++)
        {
            uniforms[unit] = SeededHash.Uniform(salt, program.UnitKey(unit));
        }

        return Plan(program, solver, options, solveOptions, uniforms, cancellationToken);
    }

    /// <summary>Plans with draws from the caller.</summary>
    /// <param name="program">The program; only units that may explore belong in it (no held-out or suppressed ones).</param>
    /// <param name="solver">Solver of the program that the explorers leave.</param>
    /// <param name="options">How much to explore.</param>
    /// <param name="solveOptions">Passed to the solver.</param>
    /// <param name="uniforms">A uniform number in [0, 1) per unit; shape [units].</param>
    /// <param name="cancellationToken">Interrupts the solver.</param>
    /// <returns>The plan, or why there is none.</returns>
    /// <exception cref="ArgumentException">The share or a draw is out of range.</exception>
    public static ExplorationResult Plan(
        AllocationProgram program,
        IAllocationSolver solver,
        ExplorationOptions options,
        SolveOptions solveOptions,
        ReadOnlySpan<double> uniforms,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(solveOptions);
        options.Validate();
        UniformDraws.Check(uniforms, program.UnitCount, nameof(uniforms));

        var (explores, x, roundingDraws) = DrawExplorers(program, options.Share, uniforms);
        var uses = RowUse.Of(program, x);
        if (Exceeded(program, uses) is { Count: > 0 } exceeded)
        {
            var conflict = AllocationResult.Conflict(new Infeasibility(exceeded), solveOptions, new SolveDiagnostics("exploration"));
            return new ExplorationResult(conflict, options, null);
        }

        int[] others = [.. Enumerable.Range(0, program.UnitCount).Where(unit => !explores[unit])];
        var bounds = program.Rows.Select((row, r) => (row.Lower is { } lower ? Math.Max(0, lower - uses[r]) : (double?)null, row.Upper - uses[r])).ToArray();
        var slice = ProgramSlice.Take(program, others, bounds);
        var solve = solver.Solve(slice.Program, solveOptions, cancellationToken);
        if (!solve.TryGetAllocation(out var allocation))
        {
            return new ExplorationResult(solve, options, null);
        }

        for (var i = 0; i < allocation.Probabilities.Edges.Length; i++)
        {
            x[slice.Edges[allocation.Probabilities.Edges[i]]] = allocation.Probabilities.Values[i];
        }

        var prices = allocation.DualPrices.ToArray();
        var decision = RandomizedRounding.Round(Within(program, uses, bounds), EdgeProbabilities.Of(x), prices, unit => roundingDraws[unit], explores);
        var optimised = PriceExplorers(program, decision.Probabilities.ToArray(), explores, prices);
        return new ExplorationResult(solve, options, new ExplorationPlan(program, explores, decision, optimised, prices, options.Share));
    }

    private static (bool[] Explores, double[] X, double[] RoundingDraws) DrawExplorers(AllocationProgram program, double share, ReadOnlySpan<double> uniforms)
    {
        var explores = new bool[program.UnitCount];
        var x = new double[program.EdgeCount];
        var draws = new double[program.UnitCount];
        for (var unit = 0; unit < explores.Length; unit++)
        {
            explores[unit] = uniforms[unit] < share;
            if (!explores[unit])
            {
                draws[unit] = Math.Min((uniforms[unit] - share) / (1 - share), Math.BitDecrement(1.0));
                continue;
            }

            var eligible = Propensities.EligibleEdges(program, unit);
            var drawn = (int)(uniforms[unit] / share * (eligible.Count + 1));
            if (drawn < eligible.Count)
            {
                x[eligible[drawn]] = 1;
            }
        }

        return (explores, x, draws);
    }

    private static List<ConflictingRow> Exceeded(AllocationProgram program, double[] uses)
    {
        var exceeded = new List<ConflictingRow>();
        for (var r = 0; r < uses.Length; r++)
        {
            if (program.Rows[r].Upper is { } upper && uses[r] > upper)
            {
                exceeded.Add(new ConflictingRow(program.Rows[r].Name, BoundSide.Upper, upper, uses[r] - upper));
            }
        }

        return exceeded;
    }

    // The program as the others had to keep it: an explorer may exceed a lower bound of 0 that is left over, never an upper one.
    private static AllocationProgram Within(AllocationProgram program, double[] uses, (double? Lower, double? Upper)[] bounds)
    {
        var rows = program.RowArray.Select((row, r) => row.WithBounds(bounds[r].Lower + uses[r], bounds[r].Upper + uses[r])).ToArray();
        return program.WithRows(rows);
    }

    // What the optimiser would have done with an explorer: its best net actions at the prices.
    private static double[] PriceExplorers(AllocationProgram program, double[] x, bool[] explores, double[] prices)
    {
        var table = new PriceTable(program, prices);
        for (var unit = 0; unit < explores.Length; unit++)
        {
            if (explores[unit])
            {
                x.AsSpan(UnitOutcomes.EdgesOf(program, unit)).Clear();
                foreach (var edge in table.BestEdges(unit))
                {
                    x[edge] = 1;
                }
            }
        }

        return x;
    }
}
