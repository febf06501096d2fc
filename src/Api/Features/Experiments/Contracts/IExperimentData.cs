namespace Noah.Api.Features.Experiments.Contracts;

/// <summary>Reads the randomised data of an experiment: what models learn from and policies are scored on.</summary>
internal interface IExperimentData
{
    /// <summary>Exposures joined with outcomes in the outcome window; null when there is no such experiment.</summary>
    Task<ExperimentData?> ReadAsync(Guid experimentId, CancellationToken cancellationToken);
}

/// <summary>Randomised units and their outcomes.</summary>
/// <param name="ExperimentId">Its id.</param>
/// <param name="Name">Display name.</param>
/// <param name="Arms">Arm names; the control comes first.</param>
/// <param name="MemberIds">Ascending, one a unit.</param>
/// <param name="ArmIndex">Index into <paramref name="Arms"/>, one a unit.</param>
/// <param name="ExposedAt">First exposure, one a unit.</param>
/// <param name="Propensity">Probability of that arm, in (0, 1], one a unit.</param>
/// <param name="Metrics">Outcomes per metric, each with one value a unit.</param>
internal sealed record ExperimentData(
    Guid ExperimentId,
    string Name,
    IReadOnlyList<string> Arms,
    Guid[] MemberIds,
    int[] ArmIndex,
    DateTimeOffset[] ExposedAt,
    double[] Propensity,
    IReadOnlyList<MetricData> Metrics);

/// <summary>One metric: <c>binary</c>, <c>continuous</c> or <c>zeroInflated</c>, the event type it counts, and its value per unit.</summary>
internal sealed record MetricData(string Name, string Distribution, string EventType, double[] Values);
