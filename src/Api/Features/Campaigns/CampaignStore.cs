using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

/// <summary>Finds campaigns by their public identifier and shows them with their wordings.</summary>
internal sealed class CampaignStore(NoahDbContext db, IContentVariants content, ITenantSettings tenant, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Campaign?> FindAsync(string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(Campaign.Prefix, id, out var campaignId)
            ? await db.Set<Campaign>().SingleOrDefaultAsync(c => c.Id == campaignId, cancellationToken)
            : null;

    public async Task<CampaignView> ShowAsync(Campaign campaign, CancellationToken cancellationToken) =>
        (await ShowAsync([campaign], cancellationToken))[0];

    public async Task<IReadOnlyList<CampaignView>> ShowAsync(IReadOnlyList<Campaign> campaigns, CancellationToken cancellationToken)
    {
        var currency = (await tenant.GetAsync(cancellationToken)).Currency;
        var variants = (await content.ReadAsync([.. campaigns.Select(c => c.Id)], cancellationToken)).ToLookup(v => v.CampaignId);
        return [.. campaigns.Select(c => CampaignView.Of(c, variants[c.Id], currency, Now))];
    }

    /// <summary>Saves the change and shows what came of it, with its new ETag.</summary>
    public async Task<CampaignView> SaveAsync(Campaign campaign, HttpContext http, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, campaign.Version);
        return await ShowAsync(campaign, cancellationToken);
    }
}
