using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Segments;

internal static class CreateSegment
{
    /// <param name="DisplayName">Its name.</param>
    /// <param name="Filter">A condition: all, any, not, attribute, event, consent, lifetimeValue or everyone.</param>
    internal sealed record Request(string DisplayName, JsonElement Filter);

    internal static async Task<Results<Created<SegmentView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IMemberSchema schema, ILifetimeValues values, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new RequestCheck().Text("/displayName", request.DisplayName);
        var personal = http.User.HasClaim(NoahAuthentication.ScopeClaim, Scopes.MembersPii);
        new FilterParser(await schema.ReadAsync(cancellationToken), check, personal, await values.ReadHorizonsAsync(cancellationToken)).Parse(request.Filter, "/filter");
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var segment = new Segment
        {
            Name = request.DisplayName,
            Filter = JsonDocument.Parse(request.Filter.GetRawText()),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(segment);
        await db.SaveChangesAsync(cancellationToken);
        var view = SegmentView.Of(segment);
        EntityTags.Write(http, segment.Version);
        return TypedResults.Created($"/v1/{view.Name}", view);
    }
}
