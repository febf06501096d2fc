using Google.OrTools.ModelBuilder;
using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>
/// Solves the elastic program of any bounds by cutting planes in its prices: minimise <see cref="FarkasProof.Bound"/> over the prices in [0, weight] of each
/// bound (Kelley 1960; its dual is Dantzig-Wolfe column generation).
/// </summary>
/// <remarks>
/// There are as many prices as bounds, whatever the number of units, and an evaluation is one pass. Simplex on the units themselves took minutes for 5,000
/// of them, because without values nearly every basis is degenerate. Cuts speak of units only, so those found for some bounds serve for all others.
/// </remarks>
internal sealed class FarkasSearch(AllocationProgram program, CancellationToken cancellationToken)
{
    // More groups mean fewer iterations, each with a larger master program.
    private const int MostGroups = 12;
    private const int MostIterations = 1_000;
    private const int MostIdleMasters = 40;
    // Prices halfway to the best known give deeper cuts than the master's own, which jump about (in-out separation, Ben-Ameur and Neto 2007); the master's own,
    // now and then, keep the method finite.
    private const int PureStep = 4;
    private const double RelativeGap = 1e-6;
    private const double AbsoluteGap = 1e-11;

    private readonly int _groups = Math.Min(MostGroups, program.UnitCount);
    private readonly List<Cut> _cuts = [];

    /// <param name="bounds">Bounds to keep; all others are dropped.</param>
    /// <param name="enough">Any prices that prove more than this are enough, be they the best or not, and so is it to know that there are none; null asks for
    /// the optimum.</param>
    /// <returns>The solution; when interrupted or not converged the best proof so far with relaxations that are enough but perhaps not the least; null when
    /// that leaves the question open.</returns>
    public ElasticSolution? Solve(IReadOnlyList<RowBound> bounds, double? enough = null)
    {
        ElasticSolution? best = null;
        double[] relaxations = [];
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            if (cancellationToken.IsCancellationRequested || Master(bounds) is not { } master)
            {
                break;
            }

            relaxations = master.Relaxations;
            var at = best is null || iteration % PureStep == 0 ? master : Between(best, master);
            var total = -Evaluate(at);
            if (best is null || total > best.Total)
            {
                best = at with { Total = total };
            }

            // The master's own total is an upper limit of all proofs: at 0 there is none.
            if (enough is { } limit ? best.Total > limit || master.Total <= limit : Closed(master.Total, best.Total))
            {
                return best with { Relaxations = relaxations };
            }
        }

        return best?.Total > (enough ?? ElasticSolution.Negligible) ? best with { Relaxations = relaxations } : null;
    }

    private static bool Closed(double above, double below) => above - below <= AbsoluteGap + (RelativeGap * Math.Max(0, below));

    private static ElasticSolution Between(ElasticSolution best, ElasticSolution master) =>
        master with { Prices = [.. best.Prices.Zip(master.Prices, (a, b) => (a + b) / 2)] };

    /// <summary>The bound at the prices of a master solution; adds the cuts found on the way.</summary>
    private double Evaluate(ElasticSolution at)
    {
        var prices = at.RowPrices(program.RowArray.Length, keepAll: true);
        var table = new PriceTable(program, prices, withValues: false);
        var uses = new double[_groups][];
        Parallel.For(0, _groups, group => uses[group] = BestUses(table, group));
        var value = at.Bounds.Select((bound, b) => at.Prices[b] * bound.Signed).Sum();
        for (var group = 0; group < _groups; group++)
        {
            value -= uses[group].Zip(prices, (use, price) => use * price).Sum();
            if (Array.Exists(uses[group], use => use > 0))
            {
                _cuts.Add(new Cut(group, uses[group]));
            }
        }

        return value;
    }

    private double[] BestUses(PriceTable table, int group)
    {
        var uses = new double[program.RowArray.Length];
        var (first, end) = ((int)((long)program.UnitCount * group / _groups), (int)((long)program.UnitCount * (group + 1) / _groups));
        for (var unit = first; unit < end; unit++)
        {
            if (!program.Limits.IsSingle(unit))
            {
                foreach (var edge in table.BestEdges(unit))
                {
                    RowUse.Add(program, uses, edge, 1);
                }

                continue;
            }

            var (best, chosen) = (0.0, -1);
            for (var edge = program.RowStartArray[unit]; edge < program.RowStartArray[unit + 1]; edge++)
            {
                if (table.Reduced(edge) is var reduced && reduced > best)
                {
                    (best, chosen) = (reduced, edge);
                }
            }

            if (chosen >= 0)
            {
                RowUse.Add(program, uses, chosen, 1);
            }
        }

        return uses;
    }

    /// <summary>Least value of the cuts over the prices; each price is a share of its weight, so that all variables lie in [0, 1].</summary>
    private ElasticSolution? Master(IReadOnlyList<RowBound> bounds)
    {
        using var model = new ModelBuilderHelper();
        model.SetMaximize(false);
        for (var b = 0; b < bounds.Count; b++)
        {
            AddVariable(model, 1, bounds[b].Signed * bounds[b].Weight);
        }

        for (var group = 0; group < _groups; group++)
        {
            AddVariable(model, double.PositiveInfinity, 1);
        }

        for (var c = 0; c < _cuts.Count; c++)
        {
            var constraint = model.AddLinearConstraint();
            model.SetConstraintLowerBound(constraint, 0);
            model.SetConstraintUpperBound(constraint, double.PositiveInfinity);
            model.AddConstraintTerm(constraint, bounds.Count + _cuts[c].Group, 1);
            for (var b = 0; b < bounds.Count; b++)
            {
                if (_cuts[c].Uses[bounds[b].Row] * bounds[b].Weight is var use and > 0)
                {
                    model.AddConstraintTerm(constraint, b, bounds[b].Side == BoundSide.Upper ? use : -use);
                }
            }
        }

        using var solver = new ModelSolverHelper("glop");
        solver.SetSolverSpecificParameters(ExactSolver.DualSimplexParameters);
        using (cancellationToken.Register(() => solver.InterruptSolve()))
        {
            solver.Solve(model);
        }

        if (!solver.HasSolution() || solver.Status() != SolveStatus.OPTIMAL)
        {
            return null;
        }

        Forget(solver);
        var (relaxations, prices) = (new double[bounds.Count], new double[bounds.Count]);
        for (var b = 0; b < bounds.Count; b++)
        {
            prices[b] = Math.Clamp(solver.VariableValue(b), 0, 1) * bounds[b].Weight;
            relaxations[b] = Math.Max(0, -solver.ReducedCost(b)) / bounds[b].Weight;
        }

        return new ElasticSolution(bounds, relaxations, prices, -solver.ObjectiveValue());
    }

    private void Forget(ModelSolverHelper solver)
    {
        for (var c = 0; c < _cuts.Count; c++)
        {
            _cuts[c].IdleMasters = solver.DualValue(c) == 0 ? _cuts[c].IdleMasters + 1 : 0;
        }

        _cuts.RemoveAll(cut => cut.IdleMasters > MostIdleMasters);
    }

    private static void AddVariable(ModelBuilderHelper model, double upper, double objective)
    {
        var variable = model.AddVar();
        model.SetVarLowerBound(variable, 0);
        model.SetVarUpperBound(variable, upper);
        model.SetVarObjectiveCoefficient(variable, objective);
    }

    /// <summary>What the units of a group use together when each answers best to some prices.</summary>
    private sealed class Cut(int group, double[] uses)
    {
        public int Group { get; } = group;

        public double[] Uses { get; } = uses;

        public int IdleMasters { get; set; }
    }
}
