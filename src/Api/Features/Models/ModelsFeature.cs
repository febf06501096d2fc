using Noah.Api.Features.Models.CardPage;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Models.Scoring;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;
using Quartz;

namespace Noah.Api.Features.Models;

/// <summary>Predictors that are learnt from randomised experiments, with cards that say how good they are.</summary>
internal static class ModelsFeature
{
    public static void AddModels(this IServiceCollection services, bool works)
    {
        services.AddScoped<IModelScores, ModelScoring>();
        services.AddSingleton(_ => new LoadedModels());
        services.AddScoped<ModelStore>();
        services.AddScoped<PromoteVersion>();
        services.AddScoped<IOperationHandler, RunTraining>();
        services.AddScoped<IOperationHandler, RunRefresh>();
        services.AddScoped<IOperationHandler, RunDriftCheck>();
        if (works)
        {
            services.AddJob<CheckDriftJob>(CheckDriftJob.Key, "every-minute", "Queues drift checks that are due");
            services.AddJob<RefreshModelsJob>(RefreshModelsJob.Key, "refresh-every-minute", "Queues refreshes that are due");
        }
    }

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/models").WithTags("Models");
        group.MapPost("/", CreateModel.HandleAsync).RequireScope(Scopes.ModelsWrite).AcceptIdempotencyKey()
            .WithName("CreateModel").WithSummary("Declares a model: experiment, features, outcomes and the share to learn from");
        group.MapGet("/", ListModels.HandleAsync).RequireScope(Scopes.ModelsRead)
            .WithName("ListModels").WithSummary("Models in the order of creation, without their cards");
        group.MapGet("/{id:rid}", GetModel.HandleAsync).RequireScope(Scopes.ModelsRead)
            .WithName("GetModel").WithSummary("One model with its card: held-out quality and the evidence of increments");
        group.MapPost("/{id:rid}:train", TrainModel.HandleAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("TrainModel").WithSummary("Trains a new version of the model and scores it on members it has not seen; the first becomes active");
        group.MapPost("/{id:rid}:refresh", RefreshModel.HandleAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("RefreshModel").WithSummary("Goes on with the version in use on members whose outcomes came since, and makes another version of it, which waits in the shadow");
        group.MapPatch("/{id:rid}", PatchModel.HandleAsync).RequireScope(Scopes.ModelsWrite)
            .WithName("PatchModel").WithSummary("Changes how often a model is refreshed by itself");
        group.MapPost("/{id:rid}:score", ScoreMembers.HandleAsync).RequireScope(Scopes.ModelsRead).RequireScope(Scopes.MembersRead)
            .WithName("ScoreMembers").WithSummary("Scores up to 500 members at once: responses, amounts and increments under every action");
        group.MapPost("/{id:rid}:promote", PromoteVersion.PromoteAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("PromoteModelVersion").WithSummary("Makes plans use this version from now on");
        group.MapPost("/{id:rid}:rollback", PromoteVersion.RollBackAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("RollBackModel").WithSummary("Makes plans use the version that was active before");
        group.MapPost("/{id:rid}:checkDrift", CheckDrift.StartAsync).RequireScope(Scopes.ModelsWrite).RequireIdempotencyKey()
            .WithName("CheckModelDrift").WithSummary("Looks at once whether members have moved from those the active version learnt from; this also happens daily");
        group.MapGet("/{id:rid}/driftChecks", CheckDrift.ListAsync).RequireScope(Scopes.ModelsRead)
            .WithName("ListDriftChecks").WithSummary("Drift checks, the latest first");
        group.MapGet("/{id:rid}/versions", ReadVersions.ListAsync).RequireScope(Scopes.ModelsRead)
            .WithName("ListModelVersions").WithSummary("Versions in the order of training, without their cards");
        group.MapGet("/{id:rid}/versions/{number:int}", ReadVersions.GetAsync).RequireScope(Scopes.ModelsRead)
            .WithName("GetModelVersion").WithSummary("One version with its card, and how it compares with the version that was active; as JSON or as a page");
        routes.MapGet($"/{ShowCard.Page.Path}/{{token}}", ShowCard.HandleAsync).WithTags("Models").AllowAnonymous()
            .WithName("ShowModelCard").WithSummary("The card of one version behind a signed link, as a page");
    }

    // Each looks once a minute for what is due: a firing that is lost is made up for by the next.
    private static void AddJob<T>(this IServiceCollection services, JobKey key, string trigger, string description)
        where T : IJob => services.ConfigureAllQuartzSchedulers(quartz =>
    {
        quartz.AddJob<T>(job => job.WithIdentity(key).StoreDurably().WithDescription(description));
        quartz.AddTrigger<T>(configured => configured
            .ForJob(key)
            .WithIdentity(trigger, key.Group)
            .WithSimpleSchedule(schedule => schedule
                .WithInterval(TimeSpan.FromMinutes(1))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)));
    });
}
