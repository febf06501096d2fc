using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>
/// Bands for 30 campaigns in 10 business lines and 3 channels, exactly 100 rows: a budget and a volume band for each campaign; a volume band, a
/// band on spend and a guardrail for each line; volume and budget of each channel; and four rows over everything.
/// </summary>
/// <remarks>
/// Feasible by construction: each campaign's share of its own demand, taken together, is a point that keeps every row, since no lower
/// bound is above 0.85 and no upper bound below 0.95 of what it uses, which leaves room for budgets to move by 5 %.
/// </remarks>
internal static class BandRows
{
    public const int FrequencyCap = 3;
    public const int Channels = 3;

    /// <summary>Mails of a member in each channel.</summary>
    public static readonly int[] ChannelCaps = [2, 1, 1];

    private const int CampaignsALine = 3;
    private const double Share = 0.55;

    public static int ChannelOf(int campaign) => campaign % Channels;

    public static InstanceRow[] Of(AllocationSpec spec, CampaignTable campaigns, Demand demand)
    {
        double Shared(int campaign) => Math.Min(1, Share * campaigns.BudgetSpread[campaign]);
        double[] mails = [.. Enumerable.Range(0, spec.Campaigns).Select(campaign => Shared(campaign) * demand.Mails[campaign])];
        double[][] uses =
        [
            mails,
            [.. Enumerable.Range(0, spec.Campaigns).Select(campaign => Shared(campaign) * demand.Cost[campaign])],
            [.. mails.Select((volume, campaign) => volume * campaigns.Unsubscribes[campaign])],
            [.. mails.Select((volume, campaign) => volume * campaigns.Complaints[campaign])],
        ];
        var random = new CounterRandom(spec.Seed, CounterRandom.Stream.Rule, 0);
        var rows = new List<InstanceRow>();
        void Add(string name, RowKind kind, int measure, bool least, double looseness, int[] actions)
        {
            var use = actions.Length == 0 ? uses[measure].Sum() : actions.Sum(campaign => uses[measure][campaign]);
            rows.Add(new InstanceRow(name, kind, measure, least ? use * random.Uniform(0.5, 0.85) : null, use * random.Uniform(0.95, looseness), actions));
        }

        for (var campaign = 0; campaign < spec.Campaigns; campaign++)
        {
            Add($"budget of campaign {campaign}", RowKind.CostBudget, 1, false, 1.2, [campaign]);
            Add($"volume of campaign {campaign}", RowKind.Volume, 0, true, 1.6, [campaign]);
        }

        for (var line = 0; line * CampaignsALine < spec.Campaigns; line++)
        {
            int[] actions = [.. Enumerable.Range(line * CampaignsALine, Math.Min(CampaignsALine, spec.Campaigns - line * CampaignsALine))];
            Add($"volume of line {line}", RowKind.Volume, 0, true, 1.4, actions);
            Add($"spend of line {line}", RowKind.CostBudget, 1, true, 1.4, actions);
            Add($"unsubscribes of line {line}", RowKind.Guardrail, 2, false, 1.4, actions);
        }

        for (var channel = 0; channel < Math.Min(Channels, spec.Campaigns); channel++)
        {
            int[] actions = [.. Enumerable.Range(0, spec.Campaigns).Where(campaign => ChannelOf(campaign) == channel)];
            Add($"volume of channel {channel}", RowKind.Volume, 0, false, 1.1, actions);
            Add($"budget of channel {channel}", RowKind.CostBudget, 1, false, 1.1, actions);
        }

        Add("volume", RowKind.Volume, 0, false, 1.0, []);
        Add("budget", RowKind.CostBudget, 1, false, 1.0, []);
        Add("unsubscribes", RowKind.Guardrail, 2, false, 1.1, []);
        Add("complaints", RowKind.Guardrail, 3, false, 1.1, []);
        return [.. rows];
    }
}
