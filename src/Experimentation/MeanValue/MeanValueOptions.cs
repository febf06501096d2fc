namespace Noah.Experimentation.MeanValue;

/// <summary>Choices of <see cref="MeanValueTest"/>.</summary>
public sealed record MeanValueOptions
{
    /// <summary>Confidence of the interval in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Number of permutations, at least 99; default 1,999, with which each tail of 2.5 % holds a whole number of them.</summary>
    public int Permutations { get; init; } = 1_999;

    /// <summary>Seed of the permutations; default 1. Equal seeds give equal results.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Smallest <see cref="MeanValueResult.EffectiveBuyers"/> that may decide, at least 0. Default 5, chosen in simulations of laws like those
    /// of the study `inference-size` among 2 to 10: with fewer a sample mostly has not met its tail yet, and its interval is too short.
    /// </summary>
    public double LeastEffectiveBuyers { get; init; } = 5;

    /// <summary>What contacting costs a unit of treatment more than a unit of control, finite, in the metric's unit; subtracted. Default 0.</summary>
    public double CostDifference { get; init; }
}
