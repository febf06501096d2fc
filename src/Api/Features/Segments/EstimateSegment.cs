using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

internal static class EstimateSegment
{
    /// <param name="Count">Members whom the filter matches now: exact.</param>
    /// <param name="OfMembers">Members of the tenant.</param>
    /// <param name="Milliseconds">What the count took.</param>
    internal sealed record Response(long Count, long OfMembers, double Milliseconds);

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, SegmentMembers members, CancellationToken cancellationToken)
    {
        if (await GetSegment.FindAsync(id, db, cancellationToken) is not { } segment)
        {
            return Problems.NotFound($"segments/{id}");
        }

        var start = Stopwatch.GetTimestamp();
        var (count, total) = await members.CountAsync(segment, cancellationToken);
        return TypedResults.Ok(new Response(count, total, Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 1)));
    }
}
