using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Metrics;

/// <summary>What experiments measure, declared once for all of them.</summary>
internal static class MetricsFeature
{
    public static void AddMetricDefinitions(this IServiceCollection services) => services.AddScoped<IMetrics, MetricReader>();

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/metrics").WithTags("Metrics");
        group.MapPost("/", CreateMetric.HandleAsync).RequireScope(Scopes.ReportsWrite).AcceptIdempotencyKey()
            .WithName("CreateMetric").WithSummary("Declares a metric for experiments to share");
        group.MapGet("/", ListMetrics.HandleAsync).RequireScope(Scopes.ReportsRead).WithName("ListMetrics").WithSummary("Metrics, newest last");
        group.MapGet("/{id:rid}", GetMetric.HandleAsync).RequireScope(Scopes.ReportsRead).WithName("GetMetric").WithSummary("One metric");
    }
}
