namespace Noah.Experimentation.Adjustment;

/// <summary>Choices of <see cref="GeneralizedU"/>.</summary>
public sealed record GeneralizedUOptions
{
    /// <summary>
    /// Partners of each unit, at least 1; all where a unit has no more. Default 200: 1,000,000 units then make 400 million ordered pairs instead of
    /// 10¹², and the pairs left out add less than 1 % to the variance.
    /// </summary>
    public int Partners { get; init; } = 200;

    /// <summary>Smallest propensity, and largest from 1, in (0, 0.5); default 0.01. Estimates beyond are set to it.</summary>
    public double PropensityFloor { get; init; } = 0.01;

    /// <summary>Confidence of the interval in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Seed of the choice of partners; default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
