using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning;

/// <summary>Explains one decision: what each campaign was worth for the member, and what the room it takes costs elsewhere.</summary>
internal static class AllocationExplanation
{
    public static ReadAllocations.Explanation Of(StageOutputs stages, ReadAllocations.Item decision, Guid memberId, MoneyText money)
    {
        var (eligible, allocation) = (stages.Eligibility, stages.Allocation);
        var (m, width) = (Array.BinarySearch(eligible.MemberIds, memberId), eligible.Campaigns.Length + 1);
        var options = Enumerable.Range(0, eligible.Campaigns.Length).Where(c => stages.Offers(m, c)).Select(c =>
        {
            var (value, price) = (DecisionReason.Value(stages, m, c), PriceOfRules(allocation, eligible.Campaigns[c], stages.Cost(m, c)));
            return new ReadAllocations.Option(
                PlanningNames.Campaigns.Name(eligible.Campaigns[c].CampaignId), eligible.Campaigns[c].Name,
                money.Of(value), money.Of(price), money.Of(value - price), allocation.Propensities[(m * width) + 1 + c]);
        }).ToList();
        return new ReadAllocations.Explanation(decision, allocation.Propensities[m * width], options, Say(decision, options, money));
    }

    // What a send takes of each rule, at that rule's price; a minimum that binds pays for sends instead.
    private static double PriceOfRules(AllocationOutput allocation, PlanCampaign campaign, decimal cost) => allocation.Rows.Sum(row =>
    {
        var use = row.Name == PlanProgram.Budget || row.Name == PlanProgram.ChannelRow(campaign.Channel) ? (double)cost
            : row.Name == PlanProgram.MaximumSends || row.Name == PlanProgram.LineRow(campaign.Line) ? 1
            : 0;
        return use * row.DualPrice;
    });

    private static string Say(ReadAllocations.Item decision, List<ReadAllocations.Option> options, MoneyText money)
    {
        var best = options.MaxBy(option => option.ValueAfterRules.Amount);
        var chosen = options.Find(option => option.Campaign == decision.Campaign);
        return decision.Reason switch
        {
            DecisionReason.WorthMost =>
                $"'{chosen!.DisplayName}' is expected to add {money.Say(chosen.Value)} after its cost, {money.Say(chosen.ValueAfterRules)} more than the room it takes is worth elsewhere.",
            DecisionReason.ExploredSend => $"The exploration share drew '{chosen!.DisplayName}' for this member at random.",
            DecisionReason.ExploredNoSend => "The exploration share drew no send for this member at random.",
            DecisionReason.OtherContact => "Its account is addressed through the member whom it is worth most with.",
            DecisionReason.NotWorthIt => $"No send is expected to pay for itself: the best, '{best!.DisplayName}', comes to {money.Say(best.Value)}.",
            _ => $"The best, '{best!.DisplayName}', would add {money.Say(best.Value)}, but the room it takes is worth {money.Say(best.PriceOfRules)} with other members.",
        };
    }
}
