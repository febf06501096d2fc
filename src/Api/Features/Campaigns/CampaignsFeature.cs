using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Campaigns;

/// <summary>What to say to whom, over which channel, at which cost.</summary>
internal static class CampaignsFeature
{
    public static void AddCampaigns(this IServiceCollection services)
    {
        services.AddScoped<CampaignStore>();
        services.AddScoped<ChangeCampaignState>();
        services.AddScoped<ICampaigns, CampaignReader>();
    }

    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/campaigns").WithTags("Campaigns");
        group.MapPost("/", CreateCampaign.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("CreateCampaign").WithSummary("Drafts a campaign with its wordings");
        group.MapGet("/", ReadCampaigns.ListAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("ListCampaigns").WithSummary("Campaigns, newest last");
        group.MapGet("/{id:rid}", ReadCampaigns.GetAsync).RequireScope(Scopes.CampaignsRead)
            .WithName("GetCampaign").WithSummary("One campaign with its wordings");
        group.MapPatch("/{id:rid}", UpdateCampaign.HandleAsync).RequireScope(Scopes.CampaignsWrite)
            .WithName("UpdateCampaign").WithSummary("Changes a campaign (merge patch, If-Match); it goes back to DRAFT");
        group.MapPost("/{id:rid}:validate", ValidateCampaign.HandleAsync).RequireScope(Scopes.CampaignsWrite).AcceptIdempotencyKey()
            .WithName("ValidateCampaign").WithSummary("DRAFT to READY, with warnings");
        group.MapPost("/{id:rid}:launch", LaunchCampaign.HandleAsync).RequireScope(Scopes.CampaignsLaunch).RequireIdempotencyKey()
            .WithName("LaunchCampaign").WithSummary("READY to RUNNING (If-Match): due sends are released");
        group.MapPost("/{id:rid}:pause", ChangeCampaignState.PauseAsync).RequireScope(Scopes.CampaignsLaunch).AcceptIdempotencyKey()
            .WithName("PauseCampaign").WithSummary("Holds a running campaign");
        group.MapPost("/{id:rid}:resume", ChangeCampaignState.ResumeAsync).RequireScope(Scopes.CampaignsLaunch).AcceptIdempotencyKey()
            .WithName("ResumeCampaign").WithSummary("Lets a paused campaign go on");
        group.MapPost("/{id:rid}:cancel", ChangeCampaignState.CancelAsync).RequireScope(Scopes.CampaignsLaunch).AcceptIdempotencyKey()
            .WithName("CancelCampaign").WithSummary("Ends a campaign for good");
    }
}
