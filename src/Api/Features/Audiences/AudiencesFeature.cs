using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Audiences;

/// <summary>Frozen sets of members: a segment, and those like the best of it.</summary>
internal static class AudiencesFeature
{
    public static void AddAudiences(this IServiceCollection services)
    {
        services.AddScoped<IAudienceMembers, AudienceReader>();
        services.AddScoped<AudienceSeeds>();
        services.AddScoped<AudienceBuilder>();
        services.AddScoped<IOperationHandler, ExpandAudienceHandler>();
    }

    public static void MapAudiences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/audiences").WithTags("Audiences");
        group.MapPost("/", CreateAudience.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("CreateAudience").WithSummary("Defines an audience: a segment and, if wanted, its expansion");
        group.MapGet("/", ReadAudiences.ListAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("ListAudiences").WithSummary("Audiences, newest last");
        group.MapGet("/{id:rid}", ReadAudiences.GetAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("GetAudience").WithSummary("One audience");
        group.MapGet("/{id:rid}/members", ReadAudiences.MembersAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("ListAudienceMembers").WithSummary("Its frozen members, each with ring, score and nearest seed");
        group.MapPost("/{id:rid}:expand", ExpandAudience.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("ExpandAudience").WithSummary("Finds its members and freezes them (operation)");
    }
}
