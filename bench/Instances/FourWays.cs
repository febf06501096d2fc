namespace Noah.Bench.Instances;

/// <summary>Plans from the same predictions in four ways: which score, and who allocates.</summary>
internal static class FourWays
{
    public const string Best = "incremental + LP", Legacy = "propensity + ranking";

    private const string PropensityLp = "propensity + LP", IncrementalRanking = "incremental + ranking";

    private const string CapsOnlyIncrementalLp = "incremental + LP under caps only", CapsOnlyPropensityLp = "propensity + LP under caps only";

    private const string IncrementalQuotas = "incremental + ranking with quotas", PropensityQuotas = "propensity + ranking with quotas";

    public static readonly IReadOnlyList<string> Names = [Best, PropensityLp, IncrementalRanking, Legacy];

    /// <summary>First minus second: the claim, then the claim taken apart.</summary>
    public static readonly IReadOnlyList<(string First, string Second)> Contrasts =
        [(Best, Legacy), (Best, PropensityLp), (IncrementalRanking, Legacy), (Best, IncrementalRanking), (PropensityLp, Legacy)];

    /// <summary>The allocators at equal rules: under caps only, as the ranking has it, and with the least volumes; then what these cost.</summary>
    public static readonly IReadOnlyList<(string First, string Second)> EqualRulesContrasts =
    [
        (CapsOnlyIncrementalLp, IncrementalRanking), (CapsOnlyPropensityLp, Legacy),
        (Best, IncrementalQuotas), (PropensityLp, PropensityQuotas),
        (Best, CapsOnlyIncrementalLp), (PropensityLp, CapsOnlyPropensityLp),
    ];

    /// <summary>The two ways that promise to keep every bound.</summary>
    public static readonly IReadOnlyList<string> ByLp = [Best, PropensityLp];

    public static IReadOnlyDictionary<string, SendPlan> Plan(LineScores scores, double? budgetShare) => new Dictionary<string, SendPlan>
    {
        [Best] = SendPlan.ByLp(scores.Incremental, budgetShare),
        [PropensityLp] = SendPlan.ByLp(scores.Propensity, budgetShare),
        [IncrementalRanking] = SendPlan.ByRanking(scores.Incremental, budgetShare),
        [Legacy] = SendPlan.ByRanking(scores.Propensity, budgetShare),
    };

    /// <summary>The LP under the rules that the ranking knows, and the ranking under those of the LP.</summary>
    public static IReadOnlyDictionary<string, SendPlan> PlanAtEqualRules(LineScores scores, double? budgetShare) => new Dictionary<string, SendPlan>
    {
        [CapsOnlyIncrementalLp] = SendPlan.ByLp(scores.Incremental, budgetShare, leastVolumes: false),
        [CapsOnlyPropensityLp] = SendPlan.ByLp(scores.Propensity, budgetShare, leastVolumes: false),
        [IncrementalQuotas] = SendPlan.ByRanking(scores.Incremental, budgetShare, leastVolumes: true),
        [PropensityQuotas] = SendPlan.ByRanking(scores.Propensity, budgetShare, leastVolumes: true),
    };
}
