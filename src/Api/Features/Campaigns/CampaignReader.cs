using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

internal sealed class CampaignReader(NoahDbContext db, TimeProvider clock) : ICampaigns
{
    public async Task<IReadOnlyList<CampaignTerms>> ReadAsync(IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Set<Campaign>().AsNoTracking().Where(c => campaignIds.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(c => new CampaignTerms(
            c.Id,
            c.Name,
            c.Channel == CampaignChannel.Ads,
            c.ChannelName,
            c.StateAt(now).ToString().ToUpperInvariant(),
            c.Topic,
            c.ProductId,
            c.AudienceId,
            c.Action,
            c.CostPerSend,
            c.StartsAt,
            c.EndsAt,
            c.SenderAddress,
            c.SenderName,
            c.ExpectedClickRate))];
    }
}
