using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Campaigns;

/// <summary>Looks at a campaign as a whole. What can't work is refused; what is only doubtful comes back as a warning.</summary>
internal static class ValidateCampaign
{
    internal sealed record Warning(string Code, string Message);

    internal sealed record Response(CampaignView Campaign, IReadOnlyList<Warning> Warnings);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string id,
        CampaignStore store,
        IAudienceMembers audiences,
        IContentVariants content,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        var state = campaign.StateAt(store.Now);
        if (CampaignTransitions.Next(state, "validate") is not { } next)
        {
            return CampaignTransitions.Refuse(campaign, state, "validate");
        }

        var audience = await audiences.FindAsync(campaign.AudienceId, cancellationToken);
        if (audience is { Frozen: true, Count: 0 })
        {
            return Problems.Result(ProblemType.AudienceEmpty, $"{CampaignNames.Audiences.Name(campaign.AudienceId)} has no members.");
        }

        var check = new RequestCheck().Require(
            campaign.EndsAt > store.Now, "/endsAt", "outOfRange", "/endsAt has passed: nothing could be sent any more.");
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var warnings = Warnings(campaign, audience, (await content.ReadAsync([campaign.Id], cancellationToken)).Count, store.Now).ToList();
        campaign.State = next;
        return TypedResults.Ok(new Response(await store.SaveAsync(campaign, http, cancellationToken), warnings));
    }

    private static IEnumerable<Warning> Warnings(Campaign campaign, AudienceTerms? audience, int variants, DateTimeOffset now)
    {
        if (audience is not { Frozen: true })
        {
            yield return new Warning("audienceNotFrozen", "The audience is not frozen yet; expand it before planning.");
        }

        if (campaign.StartsAt < now)
        {
            yield return new Warning("startsInThePast", "The window has begun already; only what is left of it can be used.");
        }

        if (campaign.CostPerSend == 0)
        {
            yield return new Warning("noCost", "A send costs nothing here, so no budget will limit this campaign.");
        }

        if (campaign.Channel == CampaignChannel.Email && variants == 1)
        {
            yield return new Warning("oneVariant", "There is one wording only: nothing will be learned about content.");
        }

        if (campaign is { Channel: CampaignChannel.Ads, ExpectedClickRate: null })
        {
            yield return new Warning("notPlanned", "Without expectedClickRate no planning run can tell what an advertisement costs.");
        }
    }
}
