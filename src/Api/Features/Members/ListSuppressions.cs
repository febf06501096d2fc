using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class ListSuppressions
{
    internal static async Task<Ok<Page<SuppressionView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Suppression.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Suppression>().AsNoTracking().Where(s => s.Id > after).OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<SuppressionView>(
            [.. shown.Select(SuppressionView.Of)], rows.Count > page.Size ? PublicId.Format(Suppression.Prefix, shown[^1].Id) : ""));
    }
}
