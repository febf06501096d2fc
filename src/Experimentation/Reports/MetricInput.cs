using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>One metric of an experiment.</summary>
/// <param name="Name">Name, unique in the experiment.</param>
/// <param name="Kind">Shape of the metric; every sample must be of it.</param>
/// <param name="Samples">One sample per arm, in the order of the arms.</param>
/// <param name="Unit">Unit for sentences, such as "USD"; default none.</param>
public sealed record MetricInput(string Name, MetricKind Kind, IReadOnlyList<MetricSample> Samples, string? Unit = null);
