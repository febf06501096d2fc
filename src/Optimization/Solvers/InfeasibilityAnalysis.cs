using System.Diagnostics.CodeAnalysis;
using Google.OrTools.ModelBuilder;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>
/// Finds which bounds conflict: the elastic program gives prices whose bounds are infeasible by themselves; a deletion filter (Chinneck and Dravnieks 1991)
/// thins them out to an irreducible set.
/// </summary>
/// <remarks>
/// Feasibility depends on uses only, and prices that prove a conflict among a sample of the units are a proof for all once one pass over all of them says
/// so. Large programs are therefore asked about by samples that grow until their prices hold, at last the whole program.
/// </remarks>
internal sealed class InfeasibilityAnalysis
{
    /// <summary>Programs up to this many units are taken whole at once.</summary>
    internal const int WholeUnits = 20_000;

    private const int FirstSample = 5_000;
    private const int SampleGrowth = 4;

    private readonly AllocationProgram _program;
    private readonly UnitSample _sample;
    private readonly CancellationToken _cancellationToken;
    private TimeSpan? _remaining;

    private InfeasibilityAnalysis(AllocationProgram program, UnitSample sample, TimeSpan? remaining, CancellationToken cancellationToken) =>
        (_program, _sample, _remaining, _cancellationToken) = (program, sample, remaining, cancellationToken);

    private bool OutOfTime => _remaining <= TimeSpan.Zero;

    /// <returns>The conflict; null when there is none, or time ran out before one was proven.</returns>
    public static Infeasibility? Explain(AllocationProgram program, ulong seed, TimeSpan? timeLimit, CancellationToken cancellationToken)
    {
        var bounds = RowBound.AllOf(program);
        if (bounds.TrueForAll(bound => bound.Side == BoundSide.Upper))
        {
            // Doing nothing keeps every upper bound.
            return null;
        }

        var matters = ElasticModel.ActionsThatMatter(program, bounds);
        for (var size = FirstSample; ; size *= SampleGrowth)
        {
            var whole = program.UnitCount <= WholeUnits || size > program.UnitCount / 2;
            var sample = whole ? UnitSample.Whole(program) : UnitSample.Draw(program, matters, size, seed);
            var analysis = new InfeasibilityAnalysis(program, sample, timeLimit, cancellationToken);
            var conflict = analysis.Explain(bounds);
            timeLimit = analysis._remaining;
            if (conflict is not null || whole || analysis.OutOfTime)
            {
                return conflict;
            }
        }
    }

    private Infeasibility? Explain(List<RowBound> bounds)
    {
        if (Solve(bounds) is not { } elastic || !Proves(elastic, out var proof))
        {
            return null;
        }

        var rows = elastic.Bounds
            .Where((bound, b) => elastic.RelaxationOf(bound) > 0 || elastic.Prices[b] > ElasticSolution.Negligible)
            .OrderByDescending(bound => elastic.RelaxationOf(bound) * bound.Weight)
            .Select(bound => Row(bound, elastic, null));
        var minimal = Filter(elastic, ref proof);
        return new Infeasibility([.. rows])
        {
            Minimal = minimal is null ? [] : Describe(minimal, elastic, proof),
            Proof = proof,
            SampledUnits = _sample.IsWhole ? null : _sample.Units.Length,
        };
    }

    /// <returns>An irreducible infeasible set, proven by <paramref name="proof"/>; null when time ran out.</returns>
    private List<RowBound>? Filter(ElasticSolution elastic, ref FarkasProof proof)
    {
        var set = elastic.Support();
        var needed = new HashSet<RowBound>();

        // The bounds whose price says least go first, so that those that stay are the ones worth talking about.
        var prices = elastic.Bounds.Zip(elastic.Prices).ToDictionary(pair => pair.First, pair => pair.Second / pair.First.Weight);
        set.Sort((a, b) => (prices[a], a.Row, a.Side).CompareTo((prices[b], b.Row, b.Side)));
        while (set.Exists(bound => !needed.Contains(bound)))
        {
            var dropped = set.Find(bound => !needed.Contains(bound));
            var rest = set.FindAll(bound => bound != dropped);
            if (Solve(rest) is not { } without)
            {
                return null;
            }

            if (Proves(without, out var found))
            {
                // Whatever has no price in this proof can go with it.
                var support = without.Support();
                set = rest.FindAll(support.Contains);
                proof = found;
            }
            else
            {
                needed.Add(dropped);
            }
        }

        return set;
    }

    private List<ConflictingRow> Describe(List<RowBound> set, ElasticSolution elastic, FarkasProof proof)
    {
        var described = new List<ConflictingRow>();
        foreach (var bound in set.OrderByDescending(bound => elastic.RelaxationOf(bound) * bound.Weight).ThenBy(bound => bound.Row))
        {
            described.Add(Row(bound, elastic, Alone(set, bound, proof)));
        }

        return described;
    }

    private double? Alone(List<RowBound> set, RowBound bound, FarkasProof proof)
    {
        if (Solve(set, set.IndexOf(bound)) is not { } alone)
        {
            return null;
        }

        if (_sample.IsWhole)
        {
            return alone.Total;
        }

        // Each unit by which the bound gives way raises a proof's value by the bound's price at most: the proof stands until that is made up for.
        var least = -proof.Value / Math.Abs(proof.Prices[bound.Row]);
        return Proves(alone, out var better) && better.Prices[bound.Row] != 0 ? Math.Max(least, -better.Value / Math.Abs(better.Prices[bound.Row])) : least;
    }

    private ConflictingRow Row(RowBound bound, ElasticSolution elastic, double? alone) =>
        new(_program.RowArray[bound.Row].Name, bound.Side, bound.Value, elastic.RelaxationOf(bound)) { RelaxationAlone = alone };

    private bool Proves(ElasticSolution solution, [NotNullWhen(true)] out FarkasProof? proof)
    {
        proof = null;
        return solution.Total > ElasticSolution.Negligible && FarkasProof.TryProve(_program, solution.RowPrices(_program.RowArray.Length), out proof);
    }

    /// <returns>The optimum; null when the solver ended without one.</returns>
    private ElasticSolution? Solve(List<RowBound> bounds, int? soft = null)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (OutOfTime)
        {
            return null;
        }

        using var model = new ElasticModel(_program, _sample, bounds, soft);
        using var solver = new ModelSolverHelper("glop");
        solver.SetSolverSpecificParameters(ExactSolver.DualSimplexParameters);
        if (_remaining is { } limit)
        {
            solver.SetTimeLimitInSeconds(limit.TotalSeconds);
        }

        using (_cancellationToken.Register(() => solver.InterruptSolve()))
        {
            solver.Solve(model.Builder);
        }

        _cancellationToken.ThrowIfCancellationRequested();
        _remaining -= TimeSpan.FromSeconds(solver.WallTime());
        if (!solver.HasSolution() || solver.Status() != SolveStatus.OPTIMAL)
        {
            return null;
        }

        var (relaxations, prices) = (new double[bounds.Count], new double[bounds.Count]);
        for (var b = 0; b < bounds.Count; b++)
        {
            // In a maximisation a price is positive at the upper bound.
            var price = solver.DualValue(model.ConstraintOf(bounds[b]));
            prices[b] = Math.Max(0, bounds[b].Side == BoundSide.Lower ? -price : price);
            relaxations[b] = model.Slacks[b] is { } slack ? Math.Max(0, solver.VariableValue(slack)) : 0;
        }

        return new ElasticSolution(bounds, relaxations, prices, Math.Max(0, -solver.ObjectiveValue()));
    }
}
