using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Content;

internal sealed class ContentVariants(NoahDbContext db) : IContentVariants
{
    public async Task<IReadOnlyList<VariantTemplate>> ReadAsync(IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken) =>
        await db.Set<ContentVariant>().AsNoTracking()
            .Where(v => campaignIds.Contains(v.CampaignId))
            .OrderBy(v => v.CampaignId).ThenBy(v => v.Id)
            .Select(v => new VariantTemplate(v.Id, v.CampaignId, v.Name, v.Subject, v.Html, v.Text))
            .ToListAsync(cancellationToken);
}
