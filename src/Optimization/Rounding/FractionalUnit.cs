using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>A unit whose decision is still random, with what each of its outcomes uses of each row that has an upper bound.</summary>
internal sealed class FractionalUnit
{
    private readonly List<(double Probability, bool[] Chosen)> _outcomes;
    private readonly double[][] _uses;

    public FractionalUnit(AllocationProgram program, int unit, ReadOnlySpan<double> x)
    {
        Unit = unit;
        Range = UnitOutcomes.EdgesOf(program, unit);
        _outcomes = UnitOutcomes.Enumerate(x[Range]);
        var first = Range.Start.Value;
        var ofUnit = x[Range].ToArray();
        MaxUse = new double[program.Rows.Count];
        var expected = new double[program.Rows.Count];
        _uses = [.. _outcomes.Select(_ => new double[program.Rows.Count])];
        for (var r = 0; r < program.Rows.Count; r++)
        {
            var row = program.Rows[r];
            var start = row.Edges.BinarySearch(first);
            for (var i = start < 0 ? ~start : start; i < row.Edges.Length && row.Edges[i] < Range.End.Value; i++)
            {
                var edge = row.Edges[i] - first;
                expected[r] += row.Coefficients[i] * ofUnit[edge];
                for (var o = 0; o < _outcomes.Count; o++)
                {
                    _uses[o][r] += _outcomes[o].Chosen[edge] ? row.Coefficients[i] : 0;
                }
            }

            MaxUse[r] = _uses.Max(use => use[r]);
        }

        (Target, TargetUse, Loss) = ChooseTarget(program, expected, ofUnit);
    }

    public int Unit { get; }

    public Range Range { get; }

    /// <summary>Greatest use of each row over the outcomes.</summary>
    public double[] MaxUse { get; }

    /// <summary>What the unit is fixed to when its randomness has to go: null for no action.</summary>
    public bool[]? Target { get; }

    public double[] TargetUse { get; }

    /// <summary>Expected value less the value of <see cref="Target"/>.</summary>
    public double Loss { get; }

    // The best outcome that uses no more of any upper row than the unit does on average, so that fixing all units cannot break a row that
    // x keeps.
    private (bool[]? Target, double[] Use, double Loss) ChooseTarget(AllocationProgram program, double[] expected, double[] x)
    {
        var values = program.Values[Range];
        var average = 0.0;
        for (var edge = 0; edge < x.Length; edge++)
        {
            average += values[edge] * x[edge];
        }

        (bool[]? Target, double[] Use, double Value) best = (null, new double[expected.Length], 0);
        for (var o = 0; o < _outcomes.Count; o++)
        {
            var value = 0.0;
            for (var edge = 0; edge < x.Length; edge++)
            {
                value += _outcomes[o].Chosen[edge] ? values[edge] : 0;
            }

            var modest = true;
            for (var r = 0; r < expected.Length && modest; r++)
            {
                modest = program.Rows[r].Upper is null || _uses[o][r] <= expected[r];
            }

            if (modest && value > best.Value)
            {
                best = (_outcomes[o].Chosen, _uses[o], value);
            }
        }

        return (best.Target, best.Use, average - best.Value);
    }
}
