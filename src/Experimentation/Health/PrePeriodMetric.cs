using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Health;

/// <summary>A metric before the experiment.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Arms">Summary per arm over the units assigned to it.</param>
public sealed record PrePeriodMetric(string Metric, IReadOnlyList<Moments> Arms);
