using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Models;

/// <summary>Predictors that are learnt from randomised experiments, with cards that say how good they are.</summary>
internal static class ModelsFeature
{
    public static void AddModels(this IServiceCollection services)
    {
        services.AddScoped<IModelScores, ModelScoring>();
        services.AddScoped<ModelStore>();
        services.AddScoped<IOperationHandler, RunTraining>();
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
            .WithName("TrainModel").WithSummary("Trains the model and scores it on members it has not seen");
    }
}
