namespace Noah.Experimentation.Reports;

/// <summary>A randomised experiment with its outcomes.</summary>
/// <param name="Arms">Two arms or more, exactly one of them the control.</param>
/// <param name="Metrics">Metrics, each with one sample per arm.</param>
public sealed record ExperimentInput(IReadOnlyList<ArmInput> Arms, IReadOnlyList<MetricInput> Metrics);
