using Noah.Api.Features.LifetimeValues.CardPage;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Who the best customers are, what they will bring, and how sure that is.</summary>
internal static class LifetimeValuesFeature
{
    public static void AddLifetimeValues(this IServiceCollection services)
    {
        services.AddScoped<ILifetimeValues, LifetimeValueReader>();
        services.AddScoped<CustomerLogReader>();
        services.AddScoped<LifetimeScoring>();
        services.AddScoped<ActiveVersionJudge>();
        services.AddScoped<IOperationHandler, RunLifetimeTraining>();
        services.AddScoped<IOperationHandler, RunLifetimeScoring>();
        services.AddScoped<IOperationHandler, RunLifetimePromotion>();
    }

    public static void MapLifetimeValues(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/lifetimeValues").WithTags("LifetimeValues");
        group.MapPost("/", CreateLifetimeValue.HandleAsync).RequireScope(Scopes.ModelsWrite).AcceptIdempotencyKey()
            .WithName("CreateLifetimeValue").WithSummary("Declares a lifetime value: which events bring money, what of it stays, and over how many days");
        group.MapGet("/", ReadLifetimeValues.ListAsync).RequireScope(Scopes.ModelsRead)
            .WithName("ListLifetimeValues").WithSummary("Lifetime values in the order of creation, without their cards");
        group.MapGet("/{id:rid}", ReadLifetimeValues.GetAsync).RequireScope(Scopes.ModelsRead)
            .WithName("GetLifetimeValue").WithSummary("One lifetime value with its card: both ways on customers kept back, and which is in use; as JSON or as a page");
        group.MapPost("/{id:rid}:train", StartLifetimeWork.TrainAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("TrainLifetimeValue").WithSummary("Learns from the tenant's events what customers bring, and values all of them by it as of the last midnight, unless the new version is shown to be worse");
        group.MapPost("/{id:rid}:score", StartLifetimeWork.ScoreAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("ScoreLifetimeValue").WithSummary("Values all customers as of the last midnight by the active version");
        group.MapPost("/{id:rid}:promote", PromoteLifetimeVersion.PromoteAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("PromoteLifetimeVersion").WithSummary("Values all customers by this version, which becomes active together with its scores");
        group.MapPost("/{id:rid}:rollback", PromoteLifetimeVersion.RollBackAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("RollBackLifetimeValue").WithSummary("Values all customers by the version that was active before");
        group.MapGet("/{id:rid}/versions", ReadLifetimeVersions.ListAsync).RequireScope(Scopes.ModelsRead)
            .WithName("ListLifetimeVersions").WithSummary("Versions in the order of training, without their cards");
        group.MapGet("/{id:rid}/versions/{number:int}", ReadLifetimeVersions.GetAsync).RequireScope(Scopes.ModelsRead)
            .WithName("GetLifetimeVersion").WithSummary("One version with its card, and how it compares with the version that was active; as JSON or as a page");
        group.MapGet("/{id:rid}/members", ValuedMembers.ListAsync).RequireScope(Scopes.MembersRead)
            .WithName("ListValuedMembers").WithSummary("Customers by what they will bring over a horizon, the best first: mean, range, and the probabilities of buying and of being alive");
        group.MapGet("/{id:rid}/members/{memberId:rid}", ValuedMembers.GetAsync).RequireScope(Scopes.MembersRead)
            .WithName("GetValuedMember").WithSummary("What one customer will bring");
        routes.MapGet($"/{ShowLifetimeCard.Page.Path}/{{token}}", ShowLifetimeCard.HandleAsync).WithTags("LifetimeValues").AllowAnonymous()
            .WithName("ShowLifetimeCard").WithSummary("The card of a lifetime value behind a signed link, as a page");
    }
}
