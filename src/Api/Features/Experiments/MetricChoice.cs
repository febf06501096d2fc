using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Experiments;

/// <summary>A metric of a new experiment: one of the tenant's, or one that is declared on the spot.</summary>
/// <param name="Metric">One of the tenant's, such as <c>metrics/met_…</c>. Beside it only a name and a role of its own may stand.</param>
/// <param name="Name">Title in reports; for one of the tenant's, by default that of the metric.</param>
/// <param name="Distribution"><c>binary</c>, <c>continuous</c>, or <c>zeroInflated</c> for amounts that are mostly zero.</param>
/// <param name="EventType">Events that count.</param>
/// <param name="Aggregation"><c>any</c> (binary only), <c>count</c> or <c>sumAmount</c>.</param>
/// <param name="Role"><c>primary</c> (the default), <c>guardrail</c> or <c>diagnostic</c>.</param>
/// <param name="Direction">Whether an <c>increase</c> (the default) or a <c>decrease</c> is good news.</param>
/// <param name="WindowDays">Days from a member's own exposure in which events count; without it until the outcome window ends.</param>
internal sealed record MetricChoice(
    string? Metric = null,
    string? Name = null,
    string? Distribution = null,
    string? EventType = null,
    string? Aggregation = null,
    string? Role = null,
    string? Direction = null,
    int? WindowDays = null)
{
    /// <summary>The metric with its meaning; null where the check has found a fault.</summary>
    /// <param name="check">Collects faults.</param>
    /// <param name="pointer">Where it stands in the request.</param>
    /// <param name="known">The tenant's metrics among those that the request names.</param>
    public MetricDesign? Resolve(RequestCheck check, string pointer, IReadOnlyDictionary<Guid, NamedMetric> known)
    {
        var faults = check.Errors.Count;
        var design = Metric is null ? Declared(check, pointer) : Shared(check, pointer, known);
        return check.Errors.Count == faults ? design : null;
    }

    private MetricDesign Declared(RequestCheck check, string pointer)
    {
        check.Text($"{pointer}/name", Name, 64);
        var definition = new MetricDefinition(
            Distribution ?? "", EventType ?? "", Aggregation ?? "", Role ?? MetricDefinition.Primary, Direction ?? MetricDefinition.Increase, WindowDays);
        definition.Check(check, pointer);
        return MetricDesign.Of(Name ?? "", definition);
    }

    private MetricDesign? Shared(RequestCheck check, string pointer, IReadOnlyDictionary<Guid, NamedMetric> known)
    {
        var isDeclared = Distribution is not null || EventType is not null || Aggregation is not null || Direction is not null || WindowDays is not null;
        check.Reference($"{pointer}/metric", Metric, MetricNames.Kind, out var id)
            .Require(!isDeclared, pointer, "contradiction", $"{pointer} names one of the tenant's metrics, whose meaning is fixed: only name and role may stand beside it.");
        if (Name is not null)
        {
            check.Text($"{pointer}/name", Name, 64);
        }

        if (Role is not null)
        {
            MetricDefinition.CheckRole(check, pointer, Role);
        }

        if (id == Guid.Empty)
        {
            return null;
        }

        if (!known.TryGetValue(id, out var metric))
        {
            check.Require(false, $"{pointer}/metric", "notFound", $"{Metric} does not exist.");
            return null;
        }

        return MetricDesign.Of(Name ?? metric.DisplayName, metric.Definition with { Role = Role ?? metric.Definition.Role }, metric.Name);
    }
}
