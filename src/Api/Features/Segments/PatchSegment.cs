using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Segments;

/// <summary>Changes a segment's name or filter. Audiences built from it before stay as they were.</summary>
internal static class PatchSegment
{
    internal sealed record Request(string? DisplayName = null, JsonElement? Filter = null);

    internal static async Task<Results<Ok<SegmentView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, IMemberSchema schema, ILifetimeValues values, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetSegment.FindAsync(id, db, cancellationToken) is not { } segment)
        {
            return Problems.NotFound($"segments/{id}");
        }

        if (EntityTags.Refuse(http, segment.Version) is { } refusal)
        {
            return refusal;
        }

        var check = new RequestCheck();
        if (request.DisplayName is not null)
        {
            check.Text("/displayName", request.DisplayName);
        }

        if (request.Filter is { } filter)
        {
            var personal = http.User.HasClaim(NoahAuthentication.ScopeClaim, Scopes.MembersPii);
            new FilterParser(await schema.ReadAsync(cancellationToken), check, personal, await values.ReadHorizonsAsync(cancellationToken)).Parse(filter, "/filter");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        segment.Name = request.DisplayName ?? segment.Name;
        segment.Filter = request.Filter is { } changed ? JsonDocument.Parse(changed.GetRawText()) : segment.Filter;
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, segment.Version);
        return TypedResults.Ok(SegmentView.Of(segment));
    }
}
