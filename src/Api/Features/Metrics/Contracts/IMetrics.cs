namespace Noah.Api.Features.Metrics.Contracts;

/// <summary>Reads the tenant's metrics.</summary>
internal interface IMetrics
{
    /// <summary>Those of the ids that there are, by id.</summary>
    Task<IReadOnlyDictionary<Guid, NamedMetric>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>A metric of the tenant.</summary>
/// <param name="Name">Resource name.</param>
/// <param name="DisplayName">Title in reports.</param>
/// <param name="Definition">Which never changes.</param>
internal sealed record NamedMetric(string Name, string DisplayName, MetricDefinition Definition);
