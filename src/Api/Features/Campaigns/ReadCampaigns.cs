using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

internal static class ReadCampaigns
{
    internal static async Task<Results<Ok<CampaignView>, ProblemHttpResult>> GetAsync(
        string id, CampaignStore store, HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } campaign)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        EntityTags.Write(http, campaign.Version);
        return TypedResults.Ok(await store.ShowAsync(campaign, cancellationToken));
    }

    internal static async Task<Ok<Page<CampaignView>>> ListAsync(
        [AsParameters] PageQuery page, NoahDbContext db, CampaignStore store, CancellationToken cancellationToken)
    {
        var after = CampaignNames.Campaigns.After(page.PageToken);
        var rows = await db.Set<Campaign>().AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<CampaignView>(
            await store.ShowAsync(shown, cancellationToken), rows.Count > page.Size ? PublicId.Format(Campaign.Prefix, shown[^1].Id) : ""));
    }
}
