using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>What a run decided for whom, and why.</summary>
internal static class ReadAllocations
{
    /// <param name="Member">Whom it concerns.</param>
    /// <param name="Campaign">What is sent; missing when nothing is.</param>
    /// <param name="Channel"><c>email</c> or <c>ads</c>; missing when nothing is sent.</param>
    /// <param name="Account">The member's account, in runs that plan for accounts.</param>
    /// <param name="Propensity">Probability of this very decision.</param>
    /// <param name="Explored">Whether the exploration share drew it.</param>
    /// <param name="Value">Expected net contribution against no send.</param>
    /// <param name="Cost">Of the send.</param>
    /// <param name="Reason"><c>worthMost</c>, <c>exploredSend</c>, <c>exploredNoSend</c>, <c>notWorthIt</c>, <c>otherContact</c> or <c>outbid</c>.</param>
    /// <param name="Variant">Wording.</param>
    /// <param name="VariantPropensity">Probability of that wording.</param>
    /// <param name="SendAt">When it is due.</param>
    /// <param name="SendAtPropensity">Probability of that local hour.</param>
    /// <param name="SendAtReason">Why that hour.</param>
    internal sealed record Item(
        string Member,
        string? Campaign,
        double Propensity,
        bool Explored,
        Money Value,
        Money Cost,
        string Reason,
        string? Variant,
        double? VariantPropensity,
        DateTimeOffset? SendAt,
        double? SendAtPropensity,
        string? SendAtReason,
        string? Channel = null,
        string? Account = null);

    internal sealed record Explanation(Item Decision, double NoSendPropensity, IReadOnlyList<Option> Options, string Sentence);

    /// <summary>A campaign the member could have got: net value, what the rules charge for the room it takes, what is left, and its probability.</summary>
    internal sealed record Option(string Campaign, string DisplayName, Money Value, Money PriceOfRules, Money ValueAfterRules, double Propensity);

    internal static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> ListAsync(
        string id, bool? sent, string? channel, [AsParameters] PageQuery page, NoahDbContext db, ITenantSettings tenant, ICampaigns campaigns, CancellationToken cancellationToken)
    {
        if (channel is not null && new RequestCheck().OneOf("/channel", channel, ConsentChannels.All).Failed(out var problem))
        {
            return problem;
        }

        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        var channels = await ChannelsAsync(run, campaigns, cancellationToken);
        Guid?[]? within = channel is null ? null : [.. channels.Where(pair => pair.Value == channel).Select(pair => (Guid?)pair.Key)];
        var after = PlanningNames.Members.After(page.PageToken);
        var rows = await db.Set<Allocation>().AsNoTracking()
            .Where(a => a.RunId == run.Id && a.MemberId > after && (sent == null || (a.CampaignId != null) == sent)
                && (within == null || within.Contains(a.CampaignId)))
            .OrderBy(a => a.MemberId).Take(page.Size + 1).ToListAsync(cancellationToken);
        var money = new MoneyText((await tenant.GetAsync(cancellationToken)).Currency);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<Item>(
            [.. shown.Select(a => Show(a, money, channels))], rows.Count > page.Size ? PublicId.Format(PlanningNames.Members.Prefix, shown[^1].MemberId) : ""));
    }

    internal static async Task<Results<Ok<Explanation>, ProblemHttpResult>> ExplainAsync(
        string id, string memberId, NoahDbContext db, PlanningWalk walk, ITenantSettings tenant, ICampaigns campaigns, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run
            || !PlanningNames.Members.TryParse(memberId, out var member)
            || await db.Set<Allocation>().AsNoTracking().SingleOrDefaultAsync(a => a.RunId == run.Id && a.MemberId == member, cancellationToken) is not { } allocation)
        {
            return Problems.NotFound($"planningRuns/{id}/allocations/{memberId}");
        }

        var stages = await walk.ReadAsync(run.Id, cancellationToken);
        var money = new MoneyText((await tenant.GetAsync(cancellationToken)).Currency);
        return TypedResults.Ok(AllocationExplanation.Of(
            stages, Show(allocation, money, await ChannelsAsync(run, campaigns, cancellationToken)), member, money));
    }

    private static async Task<Dictionary<Guid, string>> ChannelsAsync(PlanningRun run, ICampaigns campaigns, CancellationToken cancellationToken) =>
        (await campaigns.ReadAsync(PlanningTerms.Of(PlanningRunView.SpecificationOf(run)).CampaignIds, cancellationToken)).ToDictionary(c => c.CampaignId, c => c.Channel);

    private static Item Show(Allocation a, MoneyText money, Dictionary<Guid, string> channels) => new(
        PlanningNames.Members.Name(a.MemberId),
        a.CampaignId is { } campaign ? PlanningNames.Campaigns.Name(campaign) : null,
        a.Propensity,
        a.Explored,
        money.Of(a.ExpectedValue),
        money.Of(a.Cost),
        a.Reason,
        a.VariantId is { } variant ? PlanningNames.Variants.Name(variant) : null,
        a.VariantPropensity,
        a.SendAt,
        a.SendAtPropensity,
        a.SendAtReason,
        a.CampaignId is { } sent ? channels.GetValueOrDefault(sent) : null,
        a.AccountId is { } account ? PlanningNames.Accounts.Name(account) : null);
}
