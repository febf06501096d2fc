namespace Noah.Api.Features.LifetimeValues.Contracts;

/// <summary>Which lifetime values there are.</summary>
internal interface ILifetimeValues
{
    /// <summary>By the resource's id: the declared horizons in days; none before its training.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<int>>> ReadHorizonsAsync(CancellationToken cancellationToken);
}
