using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Segments.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

/// <summary>Defines an audience. Its members are found and frozen by :expand.</summary>
internal static class CreateAudience
{
    private const int LargestExpansion = 1_000_000;
    private const int MostSeeds = 10_000;

    internal sealed record Request(string DisplayName, string Segment, AudienceExpansionTerms? Expansion = null);

    internal static async Task<Results<Created<AudienceView>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, ISegmentMembers segments, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Text("/displayName", request.DisplayName)
            .Reference("/segment", request.Segment, AudienceNames.Segments, out var segmentId);
        await RequireSegmentAsync(check, "/segment", segmentId, segments, cancellationToken);
        if (request.Expansion is { } expansion)
        {
            await CheckAsync(check, expansion, segments, cancellationToken);
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        var audience = new Audience
        {
            Name = request.DisplayName,
            SegmentId = segmentId,
            Expansion = request.Expansion is null ? null : JsonSerializer.SerializeToDocument(request.Expansion, OperationJson.Options),
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(audience);
        await db.SaveChangesAsync(cancellationToken);
        EntityTags.Write(http, audience.Version);
        return TypedResults.Created($"/v1/{AudienceNames.Of(audience.Id)}", AudienceView.Of(audience));
    }

    private static async Task CheckAsync(RequestCheck check, AudienceExpansionTerms expansion, ISegmentMembers segments, CancellationToken cancellationToken)
    {
        var seeds = expansion.Seeds;
        check
            .Between("/expansion/count", expansion.Count, 1, LargestExpansion)
            .Reference("/expansion/model", expansion.Model, AudienceNames.Models, out _)
            .Require(
                seeds.Event is null != seeds.Segment is null, "/expansion/seeds", "exactlyOne",
                "/expansion/seeds must name either an event with its top members, or a segment.")
            .Require(seeds.Segment is null || seeds.Top is null, "/expansion/seeds/top", "notAllowed", "/expansion/seeds/top goes with an event.")
            .Text("/expansion/consent/channel", expansion.RequiredConsent.Channel, 32)
            .Text("/expansion/consent/topic", expansion.RequiredConsent.Topic, 64);
        if (seeds.Event is not null)
        {
            check.Text("/expansion/seeds/event", seeds.Event, 64).Between("/expansion/seeds/top", seeds.Top ?? 0, 1, MostSeeds);
        }
        else if (seeds.Segment is not null)
        {
            check.Reference("/expansion/seeds/segment", seeds.Segment, AudienceNames.Segments, out var seedSegment);
            await RequireSegmentAsync(check, "/expansion/seeds/segment", seedSegment, segments, cancellationToken);
        }
    }

    private static async Task RequireSegmentAsync(
        RequestCheck check, string pointer, Guid segmentId, ISegmentMembers segments, CancellationToken cancellationToken) => check.Require(
        segmentId == Guid.Empty || await segments.ExistsAsync(segmentId, cancellationToken),
        pointer, "notFound", $"{pointer}: {AudienceNames.Segments.Name(segmentId)} does not exist.");
}
