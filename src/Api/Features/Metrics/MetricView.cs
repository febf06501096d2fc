namespace Noah.Api.Features.Metrics;

/// <summary>A metric as the API shows it.</summary>
internal sealed record MetricView(
    string Name,
    string DisplayName,
    string? Description,
    string Distribution,
    string EventType,
    string Aggregation,
    string Role,
    string Direction,
    int? WindowDays,
    DateTimeOffset CreateTime)
{
    public static MetricView Of(Metric metric) => new(
        metric.ResourceName(),
        metric.Name,
        metric.Description,
        metric.Distribution,
        metric.EventType,
        metric.Aggregation,
        metric.Role,
        metric.Direction,
        metric.WindowDays,
        metric.CreatedAt);
}
