using Noah.Optimization.Certificates;
using Noah.Optimization.Programs;
using Noah.Optimization.Randomization;

namespace Noah.Optimization.Duals;

/// <summary>Sizes of things in a program, from a few thousand units: what a price of a row may be like, and how near units are to another choice.</summary>
internal sealed class ProgramScale
{
    private const int SampledUnits = 4_096;
    private const int UnitsPerRow = 5;
    private const double Least = 1e-7;
    private const double Greatest = 1;

    private readonly AllocationProgram _program;
    private readonly int[] _units;

    public ProgramScale(AllocationProgram program, ulong seed)
    {
        _program = program;
        _units = SampleUnits.Draw(program, Math.Min(Math.Max(SampledUnits, UnitsPerRow * program.Rows.Count), program.UnitCount), SeededHash.Of(seed, 0x7363616C65));
    }

    /// <summary>Mean use of the row's edges, at least a hair above 0; shape [rows].</summary>
    public double[] TypicalUses()
    {
        var rows = _program.RowArray.Length;
        var (uses, edges) = (new double[rows], new int[rows]);
        foreach (var unit in _units)
        {
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                var action = _program.Actions[edge];
                foreach (var r in _program.Terms.RowsOf(action))
                {
                    uses[r] += _program.RowArray[r].Measure.Of(edge, action);
                    edges[r]++;
                }
            }
        }

        return [.. uses.Select((use, r) => use > 0 ? use / edges[r] : 1)];
    }

    /// <summary>Mean absolute value of an edge over mean use of the row's edges; shape [rows].</summary>
    public double[] TypicalPrices()
    {
        var rows = _program.RowArray.Length;
        var (values, uses, edges) = (new double[rows], new double[rows], new int[rows]);
        foreach (var unit in _units)
        {
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                var action = _program.Actions[edge];
                foreach (var r in _program.Terms.RowsOf(action))
                {
                    values[r] += Math.Abs(_program.Values[edge]);
                    uses[r] += _program.RowArray[r].Measure.Of(edge, action);
                    edges[r]++;
                }
            }
        }

        var overall = values.Sum() / Math.Max(1, edges.Sum());
        var typical = new double[rows];
        for (var r = 0; r < rows; r++)
        {
            typical[r] = uses[r] > 0 && values[r] > 0 ? values[r] / uses[r] : Math.Max(overall, 1e-12);
        }

        return typical;
    }

    /// <summary>The smoothing at which about this share of all units lies between two choices.</summary>
    public double SmoothingAt(ReadOnlySpan<double> prices, double share)
    {
        var table = new PriceTable(_program, prices);
        var weights = new RidgeWeights(_program);
        var margins = new List<double>();
        foreach (var unit in _units)
        {
            var candidates = new List<(double Reduced, double Weight)>();
            for (var edge = _program.RowStart[unit]; edge < _program.RowStart[unit + 1]; edge++)
            {
                if (table.Reduced(edge) is var reduced and > 0)
                {
                    candidates.Add((reduced, weights.Of(edge)));
                }
            }

            candidates.Sort((a, b) => b.Reduced.CompareTo(a.Reduced));
            var taken = Math.Min(_program.Limits.Cap(unit), candidates.Count);
            if (taken > 0)
            {
                // Between the last action taken and the first left out.
                var next = taken < candidates.Count ? candidates[taken].Reduced : 0;
                margins.Add((candidates[taken - 1].Reduced - next) / candidates[taken - 1].Weight);
            }
        }

        if (margins.Count == 0)
        {
            return Greatest;
        }

        margins.Sort();
        return Math.Clamp(margins[Math.Min(margins.Count - 1, (int)(share * _units.Length))], Least, Greatest);
    }
}
