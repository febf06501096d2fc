using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>
/// For each campaign whose effect nobody knows, the randomised send that would find it: large enough to see the increment of spend at which a
/// send pays for itself. Two-sample size n = 2 (z₀.₉₇₅ + z₀.₈)² σ² / δ² per arm (5 % two-sided, 80 % power).
/// </summary>
internal static class ExperimentProposals
{
    private const double ZSum = 1.959964 + 0.841621;

    public static IReadOnlyList<ExperimentProposal> Of(PlanningTerms terms, StageOutputs stages, MoneyText money) =>
        [.. Enumerable.Range(0, stages.Eligibility.Campaigns.Length)
            .Where(c => !stages.Scores.Evidence[c].Exists && stages.Scores.SpendDeviation is > 0)
            .Select(c => Propose(terms, stages, c, stages.Scores.SpendDeviation!.Value, money))];

    private static ExperimentProposal Propose(PlanningTerms terms, StageOutputs stages, int c, double deviation, MoneyText money)
    {
        var (campaign, eligible) = (stages.Eligibility.Campaigns[c], stages.Eligibility.EligibleFor(c));
        var breakEven = ((double)campaign.ExpectedCost + (campaign.Paid ? 0 : terms.UnsubscribeRate * stages.Scores.UnsubscribeLoss)) / campaign.MarginRate;
        var needed = breakEven > 0 ? 2 * Math.Pow(ZSum * deviation / breakEven, 2) : double.PositiveInfinity;
        var enough = 2 * needed <= eligible;
        var perArm = enough ? (int)Math.Ceiling(needed) : eligible / 2;
        var effect = enough || perArm == 0 ? breakEven : ZSum * deviation * Math.Sqrt(2.0 / perArm);
        var cost = perArm * campaign.ExpectedCost;
        var sentence =
            $"Nobody knows yet whether '{campaign.Name}' adds anything, so no value was allocated to it. "
            + $"Send it to {MoneyText.Count(perArm)} of the {MoneyText.Count(eligible)} eligible members drawn at random and compare with {MoneyText.Count(perArm)} others: "
            + $"for {money.Say(cost)} that finds an effect of {money.Say(effect)} per member or more"
            + (enough ? ", the least at which a send pays for itself." : $". A send pays for itself from {money.Say(breakEven)}; so small an effect needs a larger audience.");
        return new ExperimentProposal(
            PlanningNames.Campaigns.Name(campaign.CampaignId), perArm, eligible == 0 ? 0 : Math.Round(2.0 * perArm / eligible, 4), money.Of(cost), money.Of(effect), sentence);
    }
}
