using Noah.Optimization.Programs;

namespace Noah.Optimization.Certificates;

/// <summary>The Lagrangian of a program at given row prices, in double precision: reduced values, surplus of a unit, upper bound of the
/// objective.</summary>
/// <remarks>Prices are folded by action, since the rows of an action are the same for all its edges: an edge then costs one look-up for each measure
/// that differs within actions, whatever the number of rows.</remarks>
internal sealed class PriceTable
{
    // Sums over units are taken chunk by chunk in the order of the chunks, so that they do not depend on the number of threads.
    private const int Chunk = 1 << 14;

    private readonly AllocationProgram _program;
    private readonly bool _withValues;
    private readonly double[] _offsets;
    private readonly int[] _actions;
    private readonly float[] _values;
    private readonly float[][] _uses;
    private readonly double[][] _slopes;

    /// <param name="program">The program.</param>
    /// <param name="prices">Price of each row.</param>
    /// <param name="withValues">False sets every value to 0, for the question whether there is an allocation at all.</param>
    public PriceTable(AllocationProgram program, ReadOnlySpan<double> prices, bool withValues = true)
    {
        _program = program;
        _withValues = withValues;
        _offsets = new double[program.ActionCount];
        var slopes = new double[]?[program.MeasureArray.Length];
        for (var r = 0; r < program.RowArray.Length; r++)
        {
            var row = program.RowArray[r];
            var price = Clip(row, prices[r]);
            BoundValue += price > 0 ? price * row.Upper!.Value : price < 0 ? price * row.Lower!.Value : 0;
            if (price != 0)
            {
                Fold(row, price, slopes);
            }
        }

        (_actions, _values) = (program.ActionArray, program.ValueArray);
        int[] priced = [.. Enumerable.Range(0, slopes.Length).Where(m => slopes[m] is not null)];
        _slopes = Array.ConvertAll(priced, m => slopes[m]!);
        _uses = Array.ConvertAll(priced, m => program.MeasureArray[m].EdgeArray!);
    }

    /// <summary>Value of the bounds at the prices: the constant part of the Lagrangian.</summary>
    public double BoundValue { get; }

    /// <summary>
    /// The part of a price that the bound may use: a row without an upper bound has no positive price and one without a lower bound no
    /// negative price. Clipping keeps the Lagrangian finite, so that every price vector gives a valid bound.
    /// </summary>
    public static double Clip(CouplingRow row, double price) => price switch
    {
        > 0 when row.Upper is null => 0,
        < 0 when row.Lower is null => 0,
        _ => price,
    };

    /// <summary>Value of an edge less what it uses at the row prices.</summary>
    public double Reduced(int edge)
    {
        var action = _actions[edge];
        var reduced = (_withValues ? _values[edge] : 0.0) - _offsets[action];
        for (var m = 0; m < _slopes.Length; m++)
        {
            reduced -= _slopes[m][action] * _uses[m][edge];
        }

        return reduced;
    }

    /// <summary>Best total reduced value of a unit under its caps, ≥ 0.</summary>
    public double Surplus(int unit)
    {
        var (first, end) = (_program.RowStartArray[unit], _program.RowStartArray[unit + 1]);
        if (_program.Limits.IsSingle(unit))
        {
            var best = 0.0;
            for (var edge = first; edge < end; edge++)
            {
                best = Math.Max(best, Reduced(edge));
            }

            return best;
        }

        var surplus = 0.0;
        foreach (var edge in BestEdges(unit))
        {
            surplus += Reduced(edge);
        }

        return surplus;
    }

    /// <summary>The edges of a unit with the greatest total of positive reduced values under its caps, best first.</summary>
    /// <param name="unit">Unit index.</param>
    /// <param name="evenAtALoss">Whether to fill the caps with negative reduced values too.</param>
    public List<int> BestEdges(int unit, bool evenAtALoss = false)
    {
        var first = _program.RowStartArray[unit];
        return Greedy(unit, evenAtALoss).Chosen.ConvertAll(candidate => first + candidate);
    }

    /// <summary>The best choice of a unit under its caps; its candidates are the edges of the unit, in order.</summary>
    /// <param name="unit">Unit index.</param>
    /// <param name="evenAtALoss">Whether to fill the caps with negative reduced values too.</param>
    public CappedGreedy Greedy(int unit, bool evenAtALoss = false)
    {
        var limits = _program.Limits;
        var (first, end) = (_program.RowStartArray[unit], _program.RowStartArray[unit + 1]);
        var (reduced, channels, room) = (new double[end - first], new int[limits.Channels == 0 ? 0 : end - first], new int[limits.Channels]);
        for (var i = 0; i < reduced.Length; i++)
        {
            reduced[i] = Reduced(first + i);
        }

        for (var i = 0; i < channels.Length; i++)
        {
            channels[i] = limits.ChannelOf(_actions[first + i]);
        }

        for (var channel = 0; channel < room.Length; channel++)
        {
            room[channel] = limits.ChannelCap(unit, channel);
        }

        return new CappedGreedy(reduced, channels, limits.Cap(unit), room, evenAtALoss);
    }

    /// <summary>Upper bound of the objective: bounds at the prices plus the surplus of all units.</summary>
    public double Bound()
    {
        var sums = new double[(_program.UnitCount + Chunk - 1) / Chunk];
        Parallel.For(0, sums.Length, chunk =>
        {
            var sum = 0.0;
            for (var unit = chunk * Chunk; unit < Math.Min(_program.UnitCount, (chunk + 1) * Chunk); unit++)
            {
                sum += Surplus(unit);
            }

            sums[chunk] = sum;
        });
        return BoundValue + sums.Sum();
    }

    private void Fold(CouplingRow row, double price, double[]?[] slopes)
    {
        var perEdge = row.Measure.IsPerEdge;
        var target = perEdge ? slopes[row.MeasureIndex] ??= new double[_offsets.Length] : _offsets;
        for (var i = 0; i < (row.CoversAll ? _offsets.Length : row.Actions.Length); i++)
        {
            var action = row.CoversAll ? i : row.Actions[i];
            if (action < target.Length)
            {
                target[action] += perEdge ? price : price * row.Measure.PerAction[action];
            }
        }
    }
}
