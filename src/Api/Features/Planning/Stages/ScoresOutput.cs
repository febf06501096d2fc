namespace Noah.Api.Features.Planning.Stages;

/// <summary>What a send is worth, over the horizon and against no send.</summary>
/// <param name="Values">Net contribution in money, [members × campaigns] row-major: increment × margin − cost − expected unsubscribe loss.</param>
/// <param name="Increments">Expected incremental spend in money, same shape.</param>
/// <param name="Evidence">What supports it, one a campaign.</param>
/// <param name="Outcomes">Response probabilities by outcome.</param>
/// <param name="UnsubscribeLoss">Loss per unsubscribe that was used, in money.</param>
/// <param name="SpendDeviation">Standard deviation of spend per member in the experiment that the model learnt from; null when it has no amount.</param>
/// <param name="Costs">Expected cost in money, shape of <paramref name="Values"/>; null where every send of a campaign costs the same.</param>
/// <param name="HeldOut">What the experiment says of members whom the model has not learnt from; null when it says nothing of the plan's campaigns.</param>
/// <param name="ModelVersion">Version of the model that was active.</param>
internal sealed record ScoresOutput(
    double[] Values,
    double[] Increments,
    CampaignEvidence[] Evidence,
    OutcomeForecast[] Outcomes,
    double UnsubscribeLoss,
    double? SpendDeviation,
    double[]? Costs = null,
    HeldOutSpend? HeldOut = null,
    int ModelVersion = 1);

/// <summary>Evidence of a campaign's effect: <c>none</c>, <c>average</c> or <c>individual</c>, and the average increment of spend with its 95 % interval.</summary>
internal sealed record CampaignEvidence(string Evidence, double AverageEffect, double AverageLower, double AverageUpper)
{
    public bool Exists => Evidence != "none";
}

/// <summary>Probability of an outcome with a send, [members × campaigns] row-major, and without, [members].</summary>
internal sealed record OutcomeForecast(string Outcome, float[] WithSend, float[] WithoutSend);
