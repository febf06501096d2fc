using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

internal static class ListSegments
{
    internal static async Task<Ok<Page<SegmentView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Segment.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Segment>().AsNoTracking().Where(s => s.Id > after).OrderBy(s => s.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<SegmentView>(
            [.. shown.Select(SegmentView.Of)], rows.Count > page.Size ? PublicId.Format(Segment.Prefix, shown[^1].Id) : ""));
    }
}
