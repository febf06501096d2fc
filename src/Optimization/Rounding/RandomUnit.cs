using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>A unit whose decision is still random: its outcomes and the least and greatest that they use of each row they touch.</summary>
internal sealed class RandomUnit
{
    private readonly int[] _edges;
    private readonly List<(double Probability, bool[] Chosen)> _outcomes;

    /// <param name="program">The program.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="edges">Its edges with a positive probability.</param>
    /// <param name="probabilities">Theirs.</param>
    public RandomUnit(AllocationProgram program, int unit, ReadOnlySpan<int> edges, ReadOnlySpan<double> probabilities)
    {
        Unit = unit;
        _edges = edges.ToArray();
        Probabilities = probabilities.ToArray();
        _outcomes = UnitOutcomes.Enumerate(probabilities);
        Rows = [.. _edges.SelectMany(edge => program.Terms.RowsOf(program.ActionArray[edge]).ToArray()).Distinct().Order()];
        (Least, Greatest) = (new double[Rows.Length], new double[Rows.Length]);
        Array.Fill(Least, double.PositiveInfinity);
        foreach (var (_, chosen) in _outcomes)
        {
            var use = UseOf(program, chosen);
            for (var i = 0; i < use.Length; i++)
            {
                (Least[i], Greatest[i]) = (Math.Min(Least[i], use[i]), Math.Max(Greatest[i], use[i]));
            }
        }
    }

    public int Unit { get; }

    public ReadOnlySpan<int> Edges => _edges;

    public double[] Probabilities { get; }

    /// <summary>Rows that any outcome touches, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>Least use of each of <see cref="Rows"/> over the outcomes.</summary>
    public double[] Least { get; }

    /// <summary>Greatest use of each of <see cref="Rows"/> over the outcomes.</summary>
    public double[] Greatest { get; }

    /// <summary>Probability of the likeliest outcome.</summary>
    public double LikeliestProbability => _outcomes.Max(outcome => outcome.Probability);

    /// <summary>Edges of the outcome with the greatest probability: where the unit goes when its randomness has to.</summary>
    public int[] LikeliestEdges()
    {
        var likeliest = _outcomes.MaxBy(outcome => outcome.Probability).Chosen;
        return [.. _edges.Where((_, i) => likeliest[i])];
    }

    private double[] UseOf(AllocationProgram program, bool[] chosen)
    {
        var use = new double[Rows.Length];
        for (var i = 0; i < _edges.Length; i++)
        {
            var action = program.ActionArray[_edges[i]];
            foreach (var row in chosen[i] ? program.Terms.RowsOf(action) : [])
            {
                use[Array.BinarySearch(Rows, row)] += program.RowArray[row].Measure.Of(_edges[i], action);
            }
        }

        return use;
    }
}
