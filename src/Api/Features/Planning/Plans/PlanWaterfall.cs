using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>The way from the audiences to the chosen: each step says how many it removed, and all of them add up.</summary>
internal static class PlanWaterfall
{
    public static WaterfallView Of(StageOutputs stages)
    {
        var eligible = stages.Eligibility;
        var total = Descend(eligible.Total, Reasons(stages).GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count()));
        var campaigns = eligible.Campaigns.Select((campaign, c) => new CampaignWaterfall(
            PlanningNames.Campaigns.Name(campaign.CampaignId),
            Descend(eligible.PerCampaign[c], Reasons(stages, c).GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count()))));
        return new WaterfallView(total, [.. campaigns]);
    }

    private static List<WaterfallStep> Descend(EligibilityCounts counts, Dictionary<string, int> reasons)
    {
        var known = counts.WithAccount ?? counts.Audience;
        var steps = new List<WaterfallStep>
        {
            new("audience", counts.Audience, 0),
            new("consent", counts.AfterConsent, known - counts.AfterConsent, counts.Blocked.Count > 0 ? counts.Blocked : null),
            new("weeklyCap", counts.AfterCap, counts.AfterConsent - counts.AfterCap),
            new("holdout", counts.AfterHoldout, counts.AfterCap - counts.AfterHoldout),
        };
        if (known < counts.Audience)
        {
            steps.Insert(1, new WaterfallStep("account", known, counts.Audience - known));
        }

        foreach (var reason in DecisionReason.Against)
        {
            var removed = reasons.GetValueOrDefault(reason);
            if (removed > 0 || reason is DecisionReason.NotWorthIt or DecisionReason.Outbid)
            {
                steps.Add(new WaterfallStep(reason, steps[^1].Left - removed, removed));
            }
        }

        steps.Add(new WaterfallStep("chosen", steps[^1].Left, 0));
        return steps;
    }

    private static IEnumerable<string> Reasons(StageOutputs stages) =>
        Enumerable.Range(0, stages.Allocation.Choices.Length).Select(member => DecisionReason.Of(stages, member)).Where(DecisionReason.Against.Contains);

    private static IEnumerable<string> Reasons(StageOutputs stages, int campaign) =>
        Enumerable.Range(0, stages.Allocation.Choices.Length)
            .Where(member => stages.Eligibility.Allows(member, campaign) && stages.Allocation.Choices[member] != campaign)
            .Select(member => DecisionReason.AgainstCampaign(stages, member, campaign));
}
