using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments;

/// <summary>One arm as declared. Weights need not sum to one; exactly one arm is the control.</summary>
internal sealed record ArmDesign(string Name, double Weight, bool Control = false);

/// <summary>One metric as declared: what it counts, how a member's events become a value, and the shape that chooses its tests.</summary>
internal sealed record MetricDesign(string Name, string Distribution, string EventType, string Aggregation)
{
    public const string Any = "any";
    public const string Count = "count";
    public const string SumAmount = "sumAmount";

    public static readonly string[] Distributions = ["binary", "continuous", "zeroInflated"];
    public static readonly string[] Aggregations = [Any, Count, SumAmount];

    public MetricKind ToKind() => Distribution switch
    {
        "binary" => MetricKind.Binary,
        "continuous" => MetricKind.Continuous,
        _ => MetricKind.ZeroInflated,
    };
}

internal static class ExperimentDesign
{
    /// <summary>The arms in the order of every report: the control first, the others as declared.</summary>
    public static IReadOnlyList<ArmDesign> ReadArms(this Experiment experiment) =>
        [.. experiment.Arms.Deserialize<ArmDesign[]>(OperationJson.Options)!.OrderByDescending(arm => arm.Control)];

    public static IReadOnlyList<MetricDesign> ReadMetrics(this Experiment experiment) =>
        experiment.Metrics.Deserialize<MetricDesign[]>(OperationJson.Options)!;
}
