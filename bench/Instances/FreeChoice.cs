namespace Noah.Bench.Instances;

/// <summary>What a member takes without coupling rows: the best by value under the caps of the member. One a thread.</summary>
internal sealed class FreeChoice(AllocationSpec spec)
{
    private readonly bool[] _taken = new bool[spec.Edges];
    private readonly int[] _inChannel = new int[BandRows.Channels];

    public void AddTo(Demand demand, ReadOnlySpan<int> campaigns, ReadOnlySpan<float> values, ReadOnlySpan<float> costs)
    {
        Array.Clear(_taken);
        Array.Clear(_inChannel);
        for (var left = spec.Bands ? BandRows.FrequencyCap : 1; left > 0; left--)
        {
            var best = -1;
            for (var edge = 0; edge < campaigns.Length; edge++)
            {
                if (values[edge] > (best < 0 ? 0 : values[best]) && !_taken[edge] && HasRoom(campaigns[edge]))
                {
                    best = edge;
                }
            }

            if (best < 0)
            {
                return;
            }

            _taken[best] = true;
            _inChannel[BandRows.ChannelOf(campaigns[best])]++;
            demand.Mails[campaigns[best]]++;
            demand.Cost[campaigns[best]] += costs[best];
        }
    }

    private bool HasRoom(int campaign) =>
        !spec.Bands || _inChannel[BandRows.ChannelOf(campaign)] < BandRows.ChannelCaps[BandRows.ChannelOf(campaign)];
}
