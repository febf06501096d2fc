using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

internal static class GetSegment
{
    internal static async Task<Results<Ok<SegmentView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, db, cancellationToken) is not { } segment)
        {
            return Problems.NotFound($"segments/{id}");
        }

        EntityTags.Write(http, segment.Version);
        return TypedResults.Ok(SegmentView.Of(segment));
    }

    internal static async Task<Segment?> FindAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Segment.Prefix, id, out var segmentId)
            ? await db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == segmentId, cancellationToken)
            : null;
}
