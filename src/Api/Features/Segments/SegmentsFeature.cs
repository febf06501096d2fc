using Noah.Api.Features.Segments.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Segments;

/// <summary>Marketers' filters over members.</summary>
internal static class SegmentsFeature
{
    public static void AddSegments(this IServiceCollection services)
    {
        services.AddScoped<SegmentMembers>();
        services.AddScoped<ISegmentMembers>(provider => provider.GetRequiredService<SegmentMembers>());
    }

    public static void MapSegments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/segments").WithTags("Segments");
        group.MapPost("/", CreateSegment.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("CreateSegment").WithSummary("Creates a segment from a filter");
        group.MapGet("/", ListSegments.HandleAsync).RequireScope(Scopes.CampaignsRead).WithName("ListSegments").WithSummary("Segments, newest last");
        group.MapGet("/{id:rid}", GetSegment.HandleAsync).RequireScope(Scopes.CampaignsRead).WithName("GetSegment").WithSummary("One segment");
        group.MapPatch("/{id:rid}", PatchSegment.HandleAsync).RequireScope(Scopes.CampaignsWrite)
            .WithName("PatchSegment").WithSummary("Changes its name or filter; needs If-Match");
        group.MapPost("/{id:rid}:estimate", EstimateSegment.HandleAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("EstimateSegment").WithSummary("How many members the filter matches now");
    }
}
