namespace Noah.Bench.Instances;

/// <summary>What is drawn once for each campaign, and how members meet campaigns: by rank, popularity ~ rank^−0.6.</summary>
internal sealed class CampaignTable
{
    private const double PopularityDecay = 0.6;

    // Spreads evenly, so that about as many budgets bind whatever the seed.
    private const double GoldenRatio = 0.618033988749895;

    private readonly double[] _popularity;

    public CampaignTable(AllocationSpec spec)
    {
        (Appeal, Price, _popularity) = (new double[spec.Campaigns], new double[spec.Campaigns], new double[spec.Campaigns]);
        (Unsubscribes, Complaints, BudgetSpread) = (new double[spec.Campaigns], new double[spec.Campaigns], new double[spec.Campaigns]);
        var total = 0.0;
        var shift = new CounterRandom(spec.Seed, CounterRandom.Stream.Rule, 1).Uniform();
        for (var campaign = 0; campaign < spec.Campaigns; campaign++)
        {
            var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Campaign, campaign);
            Appeal[campaign] = random.LogNormal(0.2, 0.2);
            Price[campaign] = random.LogNormal(0, 0.3);
            BudgetSpread[campaign] = 0.4 + 1.2 * ((shift + campaign * GoldenRatio) % 1);
            Unsubscribes[campaign] = 0.002 * random.LogNormal(0, 0.5);
            Complaints[campaign] = 0.0003 * random.LogNormal(0, 0.7);
            _popularity[campaign] = total += Math.Pow(campaign + 1, -PopularityDecay);
        }

        for (var campaign = 0; campaign < spec.Campaigns; campaign++)
        {
            _popularity[campaign] /= total;
        }
    }

    /// <summary>Scale of a campaign's values.</summary>
    public double[] Appeal { get; }

    /// <summary>Scale of a campaign's costs.</summary>
    public double[] Price { get; }

    /// <summary>A campaign's budget over the mean budget, both as shares of demand; mean 1.</summary>
    public double[] BudgetSpread { get; }

    /// <summary>Expected unsubscribes of a mail.</summary>
    public double[] Unsubscribes { get; }

    /// <summary>Expected complaints of a mail.</summary>
    public double[] Complaints { get; }

    /// <summary>Draws distinct campaigns by popularity, ascending.</summary>
    public void Draw(ref CounterRandom random, Span<int> campaigns)
    {
        for (var drawn = 0; drawn < campaigns.Length;)
        {
            var found = Array.BinarySearch(_popularity, random.Uniform());
            var campaign = Math.Min(found < 0 ? ~found : found + 1, _popularity.Length - 1);
            var place = campaigns[..drawn].BinarySearch(campaign);
            if (place >= 0)
            {
                continue;
            }

            campaigns[~place..drawn].CopyTo(campaigns[(~place + 1)..]);
            campaigns[~place] = campaign;
            drawn++;
        }
    }
}
