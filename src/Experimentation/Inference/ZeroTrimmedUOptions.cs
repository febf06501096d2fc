namespace Noah.Experimentation.Inference;

/// <summary>Choices of <see cref="ZeroTrimmedUTest"/>.</summary>
public sealed record ZeroTrimmedUOptions
{
    /// <summary>Form of the statistic. Default: pooled variance with tie factor.</summary>
    public ZeroTrimmedUForm Form { get; init; } = ZeroTrimmedUForm.Pooled;

    /// <summary>Confidence of the interval in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>
    /// The p comes from permutations where the smaller number of positives is below this; 0 never permutes. Default 30: with 20
    /// a side the normal law reached 0.06, from 40 on it keeps its level.
    /// </summary>
    public int PermuteBelowPositives { get; init; } = 30;

    /// <summary>Number of permutations, at least 99; default 9,999, which resolves p to 1e-4.</summary>
    public int Permutations { get; init; } = 9_999;

    /// <summary>Seed of the permutations; default 1. Equal seeds give equal results.</summary>
    public ulong Seed { get; init; } = 1;
}
