namespace Noah.Api.Features.Experiments.Contracts;

/// <summary>Stores who was in which arm.</summary>
internal interface IExposureWriter
{
    /// <summary>The arms by name, each with its probability (weight over the sum of weights); null when there is no such experiment.</summary>
    Task<IReadOnlyDictionary<string, double>?> ArmsAsync(Guid experimentId, CancellationToken cancellationToken);

    /// <summary>Stores exposures on the caller's transaction. A member's first exposure counts; answers how many were new.</summary>
    Task<int> RecordAsync(Guid experimentId, IReadOnlyList<NewExposure> exposures, CancellationToken cancellationToken);
}

/// <summary>An exposure to store, with the probability of its arm in (0, 1].</summary>
internal sealed record NewExposure(Guid MemberId, string Arm, DateTimeOffset ExposedAt, double Propensity);
