using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>
/// The smoothed choice of one unit between vertices: the projection of its scores / γ on the polytope of its caps. Nested caps make it one threshold
/// for each tight channel and one for the unit, each the root of a monotone piecewise linear sum.
/// </summary>
internal sealed class UnitProjection
{
    private const int Bisections = 60;

    private double[] _scores = new double[64];
    private double[] _ridges = new double[64];
    private int[] _channels = new int[64];
    private double[] _floors = new double[64];

    /// <summary>Probability of each candidate after <see cref="Solve"/>; shape [candidates].</summary>
    public double[] X { get; private set; } = new double[64];

    /// <summary>Whether the frequency cap is tight.</summary>
    public bool IsTight { get; private set; }

    /// <summary>Threshold of each channel, above that of the unit where the channel's cap is tight; −∞ otherwise; shape [channels].</summary>
    public double[] ChannelThresholds { get; private set; } = [];

    /// <summary>Threshold of the unit, ≥ 0.</summary>
    public double Threshold { get; private set; }

    /// <param name="scores">Scores of the candidates, positive.</param>
    /// <param name="ridges">γ · weight of each, positive.</param>
    /// <param name="channels">Their channels; empty when there are none.</param>
    /// <param name="limits">Caps.</param>
    /// <param name="unit">The unit.</param>
    public void Solve(ReadOnlySpan<float> scores, ReadOnlySpan<double> ridges, ReadOnlySpan<int> channels, UnitLimits limits, int unit)
    {
        Reserve(scores.Length, limits.Channels);
        for (var i = 0; i < scores.Length; i++)
        {
            _scores[i] = scores[i];
            _ridges[i] = ridges[i];
            _channels[i] = channels.IsEmpty ? UnitLimits.NoChannel : channels[i];
            _floors[i] = 0;
        }

        for (var channel = 0; channel < limits.Channels; channel++)
        {
            ChannelThresholds[channel] = ThresholdOf(scores.Length, channel, limits.ChannelCap(unit, channel));
        }

        for (var i = 0; i < scores.Length; i++)
        {
            _floors[i] = _channels[i] == UnitLimits.NoChannel ? 0 : Math.Max(0, ChannelThresholds[_channels[i]]);
        }

        Threshold = ThresholdOf(scores.Length, null, limits.Cap(unit));
        IsTight = Threshold > 0;
        Threshold = Math.Max(0, Threshold);
        for (var i = 0; i < scores.Length; i++)
        {
            X[i] = Math.Clamp((_scores[i] - Math.Max(Threshold, _floors[i])) / _ridges[i], 0, 1);
        }
    }

    // −∞ when the cap is not tight at threshold 0.
    private double ThresholdOf(int count, int? channel, int cap)
    {
        if (Sum(count, channel, 0) <= cap)
        {
            return double.NegativeInfinity;
        }

        var (low, high) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            high = Math.Max(high, channel is null || _channels[i] == channel ? _scores[i] : 0);
        }

        for (var step = 0; step < Bisections && high - low > 1e-15 * high; step++)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Sum(count, channel, middle) > cap ? (middle, high) : (low, middle);
        }

        return Exact(count, channel, cap, 0.5 * (low + high));
    }

    // On the linear piece that the bisection ended in the root is known in closed form.
    private double Exact(int count, int? channel, int cap, double near)
    {
        var (sum, free, whole) = (0.0, 0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            if (channel is not null && _channels[i] != channel)
            {
                continue;
            }

            var x = (_scores[i] - Math.Max(near, _floors[i])) / _ridges[i];
            if (x is > 0 and < 1 && _floors[i] <= near)
            {
                (sum, free) = (sum + (_scores[i] / _ridges[i]), free + (1 / _ridges[i]));
            }
            else
            {
                whole += Math.Clamp(x, 0, 1);
            }
        }

        return free == 0 ? near : (sum - (cap - whole)) / free;
    }

    private double Sum(int count, int? channel, double threshold)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += channel is null || _channels[i] == channel ? Math.Clamp((_scores[i] - Math.Max(threshold, _floors[i])) / _ridges[i], 0, 1) : 0;
        }

        return sum;
    }

    private void Reserve(int count, int channels)
    {
        if (_scores.Length < count)
        {
            (_scores, _ridges, _channels, _floors, X) = (new double[count], new double[count], new int[count], new double[count], new double[count]);
        }

        if (ChannelThresholds.Length != channels)
        {
            ChannelThresholds = new double[channels];
        }
    }
}
