using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>The part of the dual that the bounds make up: Σ of price · upper where positive, price · lower where negative; and where prices may be.</summary>
internal sealed class PriceDomain
{
    private readonly double[] _lower;
    private readonly double[] _upper;

    public PriceDomain(AllocationProgram program)
    {
        _lower = [.. program.Rows.Select(row => row.Lower ?? double.NegativeInfinity)];
        _upper = [.. program.Rows.Select(row => row.Upper ?? double.PositiveInfinity)];
    }

    public int Rows => _lower.Length;

    /// <summary>Σ bounds · prices, in money.</summary>
    public double Value(ReadOnlySpan<double> prices)
    {
        var value = 0.0;
        for (var r = 0; r < prices.Length; r++)
        {
            value += prices[r] > 0 ? prices[r] * _upper[r] : prices[r] < 0 ? prices[r] * _lower[r] : 0;
        }

        return value;
    }

    /// <summary>
    /// Derivative of the dual in the direction that lowers it: bound less use on the side of the price; at price 0 the side that the use breaks, and 0 when it
    /// breaks neither.
    /// </summary>
    public double Slope(int row, double price, double use) => price switch
    {
        > 0 => _upper[row] - use,
        < 0 => _lower[row] - use,
        _ when use > _upper[row] => _upper[row] - use,
        _ when use < _lower[row] => _lower[row] - use,
        _ => 0,
    };

    /// <summary>The prices that are allowed, others set to 0.</summary>
    public double[] Clip(double[] prices) =>
        [.. prices.Select((price, r) => (price > 0 && double.IsPositiveInfinity(_upper[r])) || (price < 0 && double.IsNegativeInfinity(_lower[r])) ? 0 : price)];

    /// <summary>The nearest allowed price that does not cross the kink at 0 (an equality has none).</summary>
    public double Step(int row, double from, double to)
    {
        if (_lower[row] == _upper[row])
        {
            return to;
        }

        return from switch
        {
            > 0 when to < 0 => 0,
            < 0 when to > 0 => 0,
            _ when to > 0 && double.IsPositiveInfinity(_upper[row]) => 0,
            _ when to < 0 && double.IsNegativeInfinity(_lower[row]) => 0,
            _ => to,
        };
    }

    /// <summary>How far a price may move, at most <paramref name="radius"/>, without crossing the kink at 0 (an equality has none); from 0 it moves against the
    /// slope.</summary>
    public (double Least, double Most) Reach(int row, double price, double slope, double radius)
    {
        if (_lower[row] == _upper[row])
        {
            return (-radius, radius);
        }

        return price switch
        {
            > 0 => (Math.Max(-price, -radius), radius),
            < 0 => (-radius, Math.Min(-price, radius)),
            _ => slope < 0 ? (0, radius) : (-radius, 0),
        };
    }

    /// <summary>The bound that the price speaks of, at least 1: the scale of a row's use.</summary>
    public double Scale(int row, double price)
    {
        var bound = price < 0 || double.IsPositiveInfinity(_upper[row]) ? _lower[row] : _upper[row];
        return Math.Max(1, double.IsFinite(bound) ? Math.Abs(bound) : 1);
    }
}
