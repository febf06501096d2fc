using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Experiments;

/// <summary>Randomised comparisons and their immutable reports.</summary>
internal static class ExperimentsFeature
{
    public static void AddExperiments(this IServiceCollection services)
    {
        services.AddScoped<IExperimentData, ExperimentDataReader>();
        services.AddScoped<IExperimentRows, ExperimentRowReader>();
        services.AddScoped<IExperiments, ExperimentsReader>();
        services.AddScoped<IExposureWriter, ExposureWriter>();
        services.AddScoped<IOperationHandler, RunAnalysis>();
    }

    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/experiments").WithTags("Experiments");
        group.MapPost("/", CreateExperiment.HandleAsync).RequireScope(Scopes.ReportsWrite).AcceptIdempotencyKey()
            .WithName("CreateExperiment").WithSummary("Declares a randomised comparison: arms, metrics and the outcome window");
        group.MapGet("/", ListExperiments.HandleAsync).RequireScope(Scopes.ReportsRead)
            .WithName("ListExperiments").WithSummary("Experiments in the order of creation");
        group.MapGet("/{id:rid}", GetExperiment.HandleAsync).RequireScope(Scopes.ReportsRead)
            .WithName("GetExperiment").WithSummary("One experiment");
        group.MapPost("/{id:rid}:analyze", AnalyzeExperiment.HandleAsync).RequireScope(Scopes.ReportsWrite).RequireIdempotencyKey()
            .WithName("AnalyzeExperiment").WithSummary("Computes a report of everything known by now");
        group.MapGet("/{id:rid}/analyses", ListAnalyses.HandleAsync).RequireScope(Scopes.ReportsRead)
            .WithName("ListAnalyses").WithSummary("The reports of an experiment, numbered");
        group.MapGet("/{id:rid}/analyses/{analysisId:rid}", GetAnalysis.HandleAsync).RequireScope(Scopes.ReportsRead)
            .WithName("GetAnalysis").WithSummary("One report: JSON, or a page for Accept: text/html");

        routes.MapGet("/r/{token}", ShowReport.HandleAsync).WithTags("Experiments").AllowAnonymous()
            .WithName("ShowReport").WithSummary("The page of a report behind a signed, expiring link");
    }
}
