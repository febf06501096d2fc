namespace Noah.Optimization.Programs;

/// <summary>The best candidates of one unit under its caps, one linear scan for each choice. Greedy is optimal, since nested caps form a laminar matroid
/// (Edmonds 1971).</summary>
internal sealed class CappedGreedy
{
    private readonly double[] _reduced;
    private readonly int[] _channels;
    private readonly int _cap;
    private readonly int[] _channelRoom;
    private readonly bool[] _taken;

    /// <param name="reduced">Reduced value of each candidate.</param>
    /// <param name="channels">Channel of each, or <see cref="UnitLimits.NoChannel"/>; empty when no channel has a cap.</param>
    /// <param name="cap">Most choices.</param>
    /// <param name="channelRoom">Most choices in each channel; taken over.</param>
    /// <param name="evenAtALoss">Whether to fill the caps with reduced values that are not positive too.</param>
    public CappedGreedy(double[] reduced, int[] channels, int cap, int[] channelRoom, bool evenAtALoss = false)
    {
        (_reduced, _channels, _cap, _channelRoom, _taken) = (reduced, channels, cap, channelRoom, new bool[reduced.Length]);
        var least = evenAtALoss ? double.NegativeInfinity : 0;
        while (Chosen.Count < cap && Best(least) is var best and >= 0)
        {
            _taken[best] = true;
            Chosen.Add(best);
            if (ChannelOf(best) is var channel and not UnitLimits.NoChannel)
            {
                channelRoom[channel]--;
            }
        }
    }

    /// <summary>Chosen candidates, best first; of equal ones the earlier.</summary>
    public List<int> Chosen { get; } = [];

    /// <summary>Least change of a reduced value after which another choice is as good; null when there is no other.</summary>
    public CappedChange? NearestChange()
    {
        CappedChange? nearest = null;
        for (var c = 0; c < _reduced.Length; c++)
        {
            var change = _taken[c] ? new CappedChange(_reduced[c], -1, c) : Entry(c);
            nearest = change is { } known && !(nearest?.Distance <= known.Distance) ? change : nearest;
        }

        return nearest;
    }

    /// <summary>How a candidate that is not chosen would enter; null when the caps keep it out whatever it is worth.</summary>
    public CappedChange? Entry(int candidate)
    {
        var channel = ChannelOf(candidate);
        var channelFull = !HasRoom(channel);
        if (!channelFull && Chosen.Count < _cap)
        {
            return new CappedChange(-_reduced[candidate], candidate, -1);
        }

        // It enters for the weakest choice that makes room for it: one of its channel when that is full.
        var weakest = Chosen.FindLastIndex(chosen => !channelFull || ChannelOf(chosen) == channel);
        return weakest < 0 ? null : new CappedChange(_reduced[Chosen[weakest]] - _reduced[candidate], candidate, Chosen[weakest]);
    }

    private int ChannelOf(int candidate) => _channels.Length == 0 ? UnitLimits.NoChannel : _channels[candidate];

    private bool HasRoom(int channel) => channel == UnitLimits.NoChannel || _channelRoom[channel] > 0;

    private int Best(double least)
    {
        var (best, value) = (-1, least);
        for (var c = 0; c < _taken.Length; c++)
        {
            if (!_taken[c] && _reduced[c] > value && HasRoom(ChannelOf(c)))
            {
                (best, value) = (c, _reduced[c]);
            }
        }

        return best;
    }
}
