namespace Noah.Bench.Instances;

/// <summary>What an allocation instance is drawn from: the same spec gives the same program in every process.</summary>
/// <param name="Members">Units.</param>
/// <param name="Campaigns">Actions.</param>
/// <param name="Edges">Distinct eligible campaigns of a member, at most <paramref name="Campaigns"/>.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Budgets">How large budgets are.</param>
/// <param name="Tightness">Mean share of a campaign's demand that a tight budget pays for.</param>
/// <param name="Skew">Standard deviation of the logarithm of a member's worth.</param>
/// <param name="SkewedCosts">Log-normal costs instead of even ones.</param>
/// <param name="Negative">Share of edges with a negative value.</param>
/// <param name="Bands">About 100 rows with lower bounds, channels and a frequency cap of 3 instead of budgets and a volume cap.</param>
internal sealed record AllocationSpec(
    int Members, int Campaigns, int Edges, ulong Seed, BudgetSize Budgets, double Tightness, double Skew, bool SkewedCosts, double Negative, bool Bands);
