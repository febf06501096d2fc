using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>Row prices folded by action for the vectorised pass: a constant for each action and a slope for each measure that differs within actions.</summary>
internal sealed class ActionPrices
{
    private readonly AllocationProgram _program;
    private readonly double[] _offsets;
    private readonly double[]?[] _slopes;

    public ActionPrices(AllocationProgram program)
    {
        _program = program;
        _offsets = new double[program.ActionCount];
        Offsets = new float[program.ActionCount];
        _slopes = [.. program.MeasureArray.Select((measure, m) =>
            measure.IsPerEdge && program.RowArray.Any(row => row.MeasureIndex == m) ? new double[program.ActionCount] : null)];
        EdgeMeasures = [.. Enumerable.Range(0, _slopes.Length).Where(m => _slopes[m] is not null)];
        Slopes = [.. EdgeMeasures.Select(_ => new float[program.ActionCount])];
        Uses = [.. EdgeMeasures.Select(m => program.MeasureArray[m].EdgeArray!)];
    }

    /// <summary>Price of an action itself; shape [actions].</summary>
    public float[] Offsets { get; }

    /// <summary>Measures that differ within actions and that some row sums.</summary>
    public int[] EdgeMeasures { get; }

    /// <summary>Price of a unit of each of <see cref="EdgeMeasures"/> by action; shape [measures][actions].</summary>
    public float[][] Slopes { get; }

    /// <summary>Use of each edge; shape [measures][edges].</summary>
    public float[][] Uses { get; }

    public void Set(ReadOnlySpan<double> prices)
    {
        Array.Clear(_offsets);
        foreach (var slope in _slopes)
        {
            Array.Clear(slope ?? []);
        }

        for (var r = 0; r < prices.Length; r++)
        {
            if (prices[r] != 0)
            {
                Fold(_program.RowArray[r], prices[r]);
            }
        }

        Narrow(_offsets, Offsets);
        for (var i = 0; i < EdgeMeasures.Length; i++)
        {
            Narrow(_slopes[EdgeMeasures[i]]!, Slopes[i]);
        }
    }

    /// <summary>Use of each row from the number of choices and the sums of measures by action; shape [rows].</summary>
    /// <param name="counts">Σ x by action.</param>
    /// <param name="sums">Σ use · x by measure of <see cref="EdgeMeasures"/> and action.</param>
    public double[] RowUses(double[] counts, double[][] sums)
    {
        var uses = new double[_program.RowArray.Length];
        for (var r = 0; r < uses.Length; r++)
        {
            var row = _program.RowArray[r];
            var source = row.Measure.IsPerEdge ? sums[Array.IndexOf(EdgeMeasures, row.MeasureIndex)] : counts;
            for (var i = 0; i < (row.CoversAll ? counts.Length : row.Actions.Length); i++)
            {
                var action = row.CoversAll ? i : row.Actions[i];
                if (action < source.Length)
                {
                    uses[r] += row.Measure.IsPerEdge ? source[action] : source[action] * row.Measure.PerAction[action];
                }
            }
        }

        return uses;
    }

    private void Fold(CouplingRow row, double price)
    {
        var target = row.Measure.IsPerEdge ? _slopes[row.MeasureIndex]! : _offsets;
        for (var i = 0; i < (row.CoversAll ? target.Length : row.Actions.Length); i++)
        {
            var action = row.CoversAll ? i : row.Actions[i];
            if (action < target.Length)
            {
                target[action] += row.Measure.IsPerEdge ? price : price * row.Measure.PerAction[action];
            }
        }
    }

    private static void Narrow(double[] from, float[] to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = (float)from[i];
        }
    }
}
