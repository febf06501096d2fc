namespace Noah.Bench.Instances;

/// <summary>Plans from the same predictions in four ways: which score, and who allocates.</summary>
internal sealed class FourWays(LineScores scores, double? budgetShare)
{
    public const string Best = "incremental + LP", Legacy = "propensity + ranking", PropensityLp = "propensity + LP", IncrementalRanking = "incremental + ranking";

    public static readonly IReadOnlyList<string> Names = [Best, PropensityLp, IncrementalRanking, Legacy];

    /// <summary>First minus second; the first is the claim, the others take it apart.</summary>
    public static readonly IReadOnlyList<(string First, string Second)> Contrasts =
        [(Best, Legacy), (Best, IncrementalRanking), (PropensityLp, Legacy), (Best, PropensityLp), (IncrementalRanking, Legacy)];

    public IReadOnlyDictionary<string, SendPlan> Plans { get; } = new Dictionary<string, SendPlan>
    {
        [Best] = SendPlan.ByLp(scores.Incremental, budgetShare),
        [PropensityLp] = SendPlan.ByLp(scores.Propensity, budgetShare),
        [IncrementalRanking] = SendPlan.ByRanking(scores.Incremental, budgetShare),
        [Legacy] = SendPlan.ByRanking(scores.Propensity, budgetShare),
    };

    public static bool IsLp(string name) => name is Best or PropensityLp;
}
