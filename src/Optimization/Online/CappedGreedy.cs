using Noah.Optimization.Programs;

namespace Noah.Optimization.Online;

/// <summary>The best candidates of one unit under its caps, one linear scan for each choice. Greedy is optimal, since nested caps form a laminar matroid
/// (Edmonds 1971).</summary>
internal sealed class CappedGreedy
{
    private readonly double[] _reduced;
    private readonly int[] _channels;
    private readonly int _cap;
    private readonly int[] _channelRoom;

    /// <param name="reduced">Reduced value of each candidate.</param>
    /// <param name="channels">Channel of each, or <see cref="UnitLimits.NoChannel"/>.</param>
    /// <param name="cap">Most choices.</param>
    /// <param name="channelRoom">Most choices in each channel; taken over.</param>
    public CappedGreedy(double[] reduced, int[] channels, int cap, int[] channelRoom)
    {
        (_reduced, _channels, _cap, _channelRoom) = (reduced, channels, cap, channelRoom);
        var taken = new bool[reduced.Length];
        while (Chosen.Count < cap && Best(taken) is var best and >= 0)
        {
            taken[best] = true;
            Chosen.Add(best);
            if (channels[best] != UnitLimits.NoChannel)
            {
                channelRoom[channels[best]]--;
            }
        }
    }

    /// <summary>Chosen candidates, best first.</summary>
    public List<int> Chosen { get; } = [];

    /// <summary>Least change of a reduced value after which another choice is as good; null when there is no other.</summary>
    public double? Margin()
    {
        double? margin = null;
        void Consider(double by) => margin = margin is { } known ? Math.Min(known, by) : by;
        foreach (var c in Chosen)
        {
            Consider(_reduced[c]);
        }

        for (var c = 0; c < _reduced.Length; c++)
        {
            var channelFull = _channels[c] != UnitLimits.NoChannel && _channelRoom[_channels[c]] == 0;
            if (Chosen.Contains(c))
            {
                continue;
            }

            if (!channelFull && Chosen.Count < _cap)
            {
                Consider(-_reduced[c]);
                continue;
            }

            // A candidate enters for the weakest choice that makes room for it: one of its channel when that is full.
            var weakest = Chosen.FindLastIndex(chosen => !channelFull || _channels[chosen] == _channels[c]);
            if (weakest >= 0)
            {
                Consider(_reduced[Chosen[weakest]] - _reduced[c]);
            }
        }

        return margin;
    }

    private int Best(bool[] taken)
    {
        var (best, value) = (-1, 0.0);
        for (var c = 0; c < taken.Length; c++)
        {
            if (!taken[c] && _reduced[c] > value && (_channels[c] == UnitLimits.NoChannel || _channelRoom[_channels[c]] > 0))
            {
                (best, value) = (c, _reduced[c]);
            }
        }

        return best;
    }
}
