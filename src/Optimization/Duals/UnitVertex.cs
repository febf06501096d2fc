using Noah.Optimization.Programs;

namespace Noah.Optimization.Duals;

/// <summary>The best set of edges of a unit with several actions or channel caps, and whether smoothing could change it.</summary>
internal sealed class UnitVertex
{
    private readonly List<(float Score, int Edge)> _positive = [];
    private int[] _chosen = new int[16];
    private int[] _channelRoom = [];
    private double[] _channelRunnerUp = [];
    private int _count;
    private double _runnerUp;
    private double _margin;

    /// <summary>Total score of <see cref="Chosen"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Σ ridge weight of <see cref="Chosen"/>.</summary>
    public double Weight { get; private set; }

    public ReadOnlySpan<int> Chosen => _chosen.AsSpan(0, _count);

    /// <summary>Takes positive scores from the greatest on while the caps have room.</summary>
    /// <returns>Whether any score is positive.</returns>
    public bool Choose(AllocationProgram program, RidgeWeights weights, int unit, int from, ReadOnlySpan<float> scores)
    {
        _positive.Clear();
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > 0)
            {
                _positive.Add((scores[i], from + i));
            }
        }

        if (_positive.Count == 0)
        {
            return false;
        }

        _positive.Sort(static (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Edge.CompareTo(b.Edge));
        Greedy(program, unit);
        _margin = Margin(program, weights);
        return true;
    }

    /// <summary>Whether the smoothed choice is this same set: each score chosen stands γ times its weight above what would
    /// take its place.</summary>
    public bool IsClear(double smoothing) => _margin >= smoothing;

    private void Greedy(AllocationProgram program, int unit)
    {
        var limits = program.Limits;
        if (_channelRoom.Length != limits.Channels)
        {
            (_channelRoom, _channelRunnerUp) = (new int[limits.Channels], new double[limits.Channels]);
        }

        for (var channel = 0; channel < _channelRoom.Length; channel++)
        {
            (_channelRoom[channel], _channelRunnerUp[channel]) = (limits.ChannelCap(unit, channel), 0);
        }

        if (_chosen.Length < _positive.Count)
        {
            _chosen = new int[_positive.Count];
        }

        (_count, _runnerUp, Value) = (0, 0, 0);
        var cap = limits.Cap(unit);
        foreach (var (score, edge) in _positive)
        {
            var channel = ChannelOf(program, edge);
            if (channel >= 0 && _channelRoom[channel] == 0)
            {
                _channelRunnerUp[channel] = Math.Max(_channelRunnerUp[channel], score);
                continue;
            }

            if (_count == cap)
            {
                _runnerUp = Math.Max(_runnerUp, score);
                continue;
            }

            _chosen[_count++] = edge;
            Value += score;
            if (channel >= 0)
            {
                _channelRoom[channel]--;
            }
        }
    }

    // Thresholds that certify the vertex: that of the unit is the best score left out for want of total room, that of a full channel the best score
    // left out for want of room in it.
    private double Margin(AllocationProgram program, RidgeWeights weights)
    {
        Weight = 0;
        var margin = double.PositiveInfinity;
        var at = 0;
        foreach (var (score, edge) in _positive)
        {
            if (at < _count && _chosen[at] == edge)
            {
                at++;
                var channel = ChannelOf(program, edge);
                var threshold = channel >= 0 && _channelRoom[channel] == 0 ? Math.Max(_runnerUp, _channelRunnerUp[channel]) : _runnerUp;
                margin = Math.Min(margin, (score - threshold) / weights.Of(edge));
                Weight += weights.Of(edge);
            }
        }

        return margin;
    }

    private static int ChannelOf(AllocationProgram program, int edge) =>
        program.Limits.Channels > 0 && program.Limits.ChannelOf(program.ActionArray[edge]) is var channel and not UnitLimits.NoChannel ? channel : -1;
}
