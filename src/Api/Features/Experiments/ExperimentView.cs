using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>An experiment as the API shows it.</summary>
internal sealed record ExperimentView(
    string Name,
    string DisplayName,
    string State,
    IReadOnlyList<ArmDesign> Arms,
    IReadOnlyList<MetricDesign> Metrics,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt,
    DateTimeOffset CreateTime)
{
    public static ExperimentView Of(Experiment experiment, DateTimeOffset now) => new(
        experiment.ResourceName(),
        experiment.Name,
        experiment.StateAt(now).ToString().ToUpperInvariant(),
        experiment.ReadArms(),
        experiment.ReadMetrics(),
        experiment.StartedAt,
        experiment.EndedAt,
        experiment.CreatedAt);
}

internal static class ExperimentNames
{
    public static string ResourceName(this Experiment experiment) => $"experiments/{PublicId.Format(Experiment.Prefix, experiment.Id)}";

    public static string ResourceName(this Analysis analysis) =>
        $"experiments/{PublicId.Format(Experiment.Prefix, analysis.ExperimentId)}/analyses/{PublicId.Format(Analysis.Prefix, analysis.Id)}";
}
