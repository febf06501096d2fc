using System.Diagnostics.CodeAnalysis;
using Noah.Optimization.Programs;

namespace Noah.Optimization.Solvers;

/// <summary>
/// Finds which bounds conflict: the elastic program gives prices whose bounds are infeasible by themselves; a deletion filter (Chinneck and Dravnieks 1991)
/// thins them out to an irreducible set.
/// </summary>
internal sealed class InfeasibilityAnalysis
{
    /// <summary>For how long solvers look for the least and irreducible explanation when they have no limit of their own: a proof with relaxations that are
    /// enough is there much sooner.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);

    private const int MostSteps = 500;

    // Relative to the bound and its part in the proof; what a marketer is told need not be known to more digits.
    private const double AloneTolerance = 1e-6;

    private readonly AllocationProgram _program;
    private readonly FarkasSearch _search;

    private InfeasibilityAnalysis(AllocationProgram program, CancellationToken cancellationToken) =>
        (_program, _search) = (program, new FarkasSearch(program, cancellationToken));

    /// <returns>The conflict; null when there is none, or time ran out before one was proven.</returns>
    public static Infeasibility? Explain(AllocationProgram program, TimeSpan? timeLimit, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeLimit is { } limit)
        {
            limited.CancelAfter(limit);
        }

        var conflict = new InfeasibilityAnalysis(program, limited.Token).Explain();
        cancellationToken.ThrowIfCancellationRequested();
        return conflict;
    }

    private Infeasibility? Explain()
    {
        var bounds = RowBound.AllOf(_program);

        // Doing nothing keeps every upper bound.
        if (bounds.TrueForAll(bound => bound.Side == BoundSide.Upper)
            || _search.Solve(bounds) is not { } elastic || !Proves(elastic, out var proof))
        {
            return null;
        }

        var rows = elastic.Bounds
            .Where((bound, b) => elastic.RelaxationOf(bound) > 0 || elastic.Prices[b] > ElasticSolution.Negligible)
            .OrderByDescending(bound => elastic.RelaxationOf(bound) * bound.Weight)
            .Select(bound => Describe(bound, elastic, null));
        var minimal = Filter(elastic, ref proof);
        return new Infeasibility([.. rows]) { Minimal = minimal is null ? [] : Describe(minimal, elastic), Proof = proof };
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
            if (_search.Solve(rest, ElasticSolution.Negligible) is not { } without)
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

    private List<ConflictingRow> Describe(List<RowBound> set, ElasticSolution elastic)
    {
        var ordered = set.OrderByDescending(bound => elastic.RelaxationOf(bound) * bound.Weight).ThenBy(bound => bound.Row);
        return [.. ordered.Select(bound => Describe(bound, elastic, Alone(set, bound)))];
    }

    private ConflictingRow Describe(RowBound bound, ElasticSolution elastic, double? alone) =>
        new(_program.RowArray[bound.Row].Name, bound.Side, bound.Value, elastic.RelaxationOf(bound)) { RelaxationAlone = alone };

    /// <summary>
    /// Least relaxation of one bound with the others hard. Prices prove that it is at least (value of the proof / price of the bound); the greatest such
    /// ratio is found in the manner of Dinkelbach (1967), and the others being feasible together makes it finite.
    /// </summary>
    private double? Alone(List<RowBound> set, RowBound bound)
    {
        var (alone, at) = (0.0, set.IndexOf(bound));
        List<RowBound> moved = [.. set];
        for (var step = 0; step < MostSteps; step++)
        {
            moved[at] = bound with { Value = bound.Side == BoundSide.Lower ? Math.Max(0, bound.Value - alone) : bound.Value + alone };
            if (_search.Solve(moved, AloneTolerance) is not { } solution)
            {
                return null;
            }

            if (solution.Total <= AloneTolerance)
            {
                return alone;
            }

            if (solution.Prices[at] <= 0)
            {
                return null;
            }

            alone += solution.Total / solution.Prices[at];
        }

        return null;
    }

    private bool Proves(ElasticSolution solution, [NotNullWhen(true)] out FarkasProof? proof)
    {
        proof = null;
        return solution.Total > ElasticSolution.Negligible && FarkasProof.TryProve(_program, solution.RowPrices(_program.RowArray.Length), out proof);
    }
}
