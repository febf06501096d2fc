using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Noah.Api.Platform.Telemetry;

internal static class TelemetrySetup
{
    /// <summary>Traces and metrics go to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names; without it nothing is exported.</summary>
    public static void AddNoahTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("noah"))
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("Npgsql", "MassTransit").AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("Npgsql", "MassTransit").AddOtlpExporter());
    }

    /// <summary>/health/live: the process answers. /health/ready: the database answers too, with its schema.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        routes.MapGet("/health/ready", async Task<IResult> (NpgsqlDataSource database, CancellationToken cancellationToken) =>
        {
            try
            {
                await using var command = database.CreateCommand("SELECT count(*) FROM tenants");
                await command.ExecuteScalarAsync(cancellationToken);
                return TypedResults.Text("ready");
            }
            catch (NpgsqlException exception)
            {
                return TypedResults.Text($"the database is not ready: {exception.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).ExcludeFromDescription();
    }
}
