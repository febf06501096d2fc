namespace Noah.Api.Features.Experiments.Contracts;

/// <summary>Reads how experiments were declared.</summary>
internal interface IExperiments
{
    /// <summary>Null when there is no such experiment.</summary>
    Task<ExperimentTerms?> FindAsync(Guid experimentId, CancellationToken cancellationToken);
}

/// <summary>A declared experiment. Arms with the control first; metrics in the order declared.</summary>
/// <param name="ExperimentId">Its id.</param>
/// <param name="Name">Resource name.</param>
/// <param name="DisplayName">Title.</param>
/// <param name="Arms">Names and planned weights, which need not sum to one.</param>
/// <param name="Metrics">Names and distributions (<c>binary</c>, <c>continuous</c>, <c>zeroInflated</c>).</param>
/// <param name="StartedAt">First instant of exposure.</param>
/// <param name="EndedAt">End of the outcome window.</param>
internal sealed record ExperimentTerms(
    Guid ExperimentId,
    string Name,
    string DisplayName,
    IReadOnlyList<(string Name, double Weight)> Arms,
    IReadOnlyList<(string Name, string Distribution)> Metrics,
    DateTimeOffset StartedAt,
    DateTimeOffset EndedAt);
