using Noah.Optimization.Programs;

namespace Noah.Bench.Instances;

/// <summary>A cost budget for each campaign and, unless budgets are loose or tight, a cap on the number of mails.</summary>
internal static class BudgetRows
{
    // With the cap of 0.42 that lp.md names, 15 rows bind here; with this one the cap and 20 to 25 of 30 budgets do.
    private const double NormalCap = 0.53;
    private const double NormalShare = 0.55;
    private const double LooseShare = 1.3;

    public static InstanceRow[] Of(AllocationSpec spec, CampaignTable campaigns, Demand demand)
    {
        var share = spec.Budgets switch { BudgetSize.Tight => spec.Tightness, BudgetSize.Loose => LooseShare, _ => NormalShare };
        var rows = new List<InstanceRow>();
        for (var campaign = 0; campaign < spec.Campaigns; campaign++)
        {
            var budget = share * campaigns.BudgetSpread[campaign] * demand.Cost[campaign];
            rows.Add(new InstanceRow($"budget {campaign}", RowKind.CostBudget, 1, null, budget, [campaign]));
        }

        if (spec.Budgets == BudgetSize.Normal)
        {
            rows.Add(new InstanceRow("mails", RowKind.Volume, AllocationProgramBuilder.CountMeasure, null, Math.Floor(NormalCap * spec.Members), []));
        }

        return [.. rows];
    }
}
