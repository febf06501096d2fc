using System.Text.Json;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments;

/// <summary>One arm as declared. Weights need not sum to one; exactly one arm is the control.</summary>
internal sealed record ArmDesign(string Name, double Weight, bool Control = false);

/// <summary>One metric as declared, with its meaning copied: what it counts, the shape that chooses its tests, and how it is read.</summary>
/// <param name="Name">Title in reports.</param>
/// <param name="Distribution"><c>binary</c>, <c>continuous</c> or <c>zeroInflated</c>.</param>
/// <param name="EventType">Events that count.</param>
/// <param name="Aggregation"><c>any</c>, <c>count</c> or <c>sumAmount</c>.</param>
/// <param name="Role"><c>primary</c>, <c>guardrail</c> or <c>diagnostic</c>.</param>
/// <param name="Direction">Whether an <c>increase</c> or a <c>decrease</c> is good news.</param>
/// <param name="WindowDays">Days from a member's own exposure; null: until the outcome window ends.</param>
/// <param name="Metric">The tenant's metric that it was taken from, if it was.</param>
internal sealed record MetricDesign(
    string Name,
    string Distribution,
    string EventType,
    string Aggregation,
    string Role = MetricDefinition.Primary,
    string Direction = MetricDefinition.Increase,
    int? WindowDays = null,
    string? Metric = null)
{
    public static MetricDesign Of(string name, MetricDefinition definition, string? metric = null) => new(
        name, definition.Distribution, definition.EventType, definition.Aggregation, definition.Role, definition.Direction, definition.WindowDays, metric);

    public OutcomeSource Source => new(EventType, WindowDays);

    public MetricKind ToKind() => Distribution switch
    {
        MetricDefinition.Binary => MetricKind.Binary,
        MetricDefinition.Continuous => MetricKind.Continuous,
        _ => MetricKind.ZeroInflated,
    };

    /// <summary>When a member's outcome is complete.</summary>
    public DateTimeOffset ClosesAt(DateTimeOffset exposedAt, DateTimeOffset end) =>
        WindowDays is { } days && exposedAt.AddDays(days) < end ? exposedAt.AddDays(days) : end;
}

/// <summary>Events that one reading brings in: metrics of the same ones differ in their aggregation only.</summary>
internal readonly record struct OutcomeSource(string EventType, int? WindowDays);

internal static class ExperimentDesign
{
    /// <summary>The arms in the order of every report: the control first, the others as declared.</summary>
    public static IReadOnlyList<ArmDesign> ReadArms(this Experiment experiment) =>
        [.. experiment.Arms.Deserialize<ArmDesign[]>(OperationJson.Options)!.OrderByDescending(arm => arm.Control)];

    public static IReadOnlyList<MetricDesign> ReadMetrics(this Experiment experiment) =>
        experiment.Metrics.Deserialize<MetricDesign[]>(OperationJson.Options)!;
}
