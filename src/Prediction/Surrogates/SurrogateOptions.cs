namespace Noah.Prediction.Surrogates;

/// <summary>What a proxy has to show before decisions rest on it.</summary>
public sealed record SurrogateOptions
{
    /// <summary>Past experiments that are needed. Default 10: below it the interval of a correlation says nothing. In [5, 10,000].</summary>
    public int MinExperiments { get; init; } = 10;

    /// <summary>
    /// The lower end that the interval of the correlation of proxy lift and true lift must reach. Default 0.5. In [0, 1).
    /// </summary>
    public double MinCorrelation { get; init; } = 0.5;

    /// <summary>
    /// By what part the predicted total of matured members may miss the actual: the whole interval of predicted / actual must lie in
    /// [1 / (1 + t), 1 + t]. Default 0.2. In (0, 2].
    /// </summary>
    public double LevelTolerance { get; init; } = 0.2;

    /// <summary>
    /// By how much differences between deciles may come out smaller or larger than predicted: the whole interval of the calibration slope must
    /// lie in [1 − t, 1 + t]. Default 0.4. In (0, 1].
    /// </summary>
    public double SlopeTolerance { get; init; } = 0.4;

    /// <summary>Bootstrap resamples, of experiments and of members. Default 1,000. In [200, 100,000].</summary>
    public int Resamples { get; init; } = 1_000;

    /// <summary>Seed of the resamples. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        Require(MinExperiments is >= 5 and <= 10_000, nameof(MinExperiments), "[5, 10000]");
        Require(MinCorrelation is >= 0 and < 1, nameof(MinCorrelation), "[0, 1)");
        Require(LevelTolerance is > 0 and <= 2, nameof(LevelTolerance), "(0, 2]");
        Require(SlopeTolerance is > 0 and <= 1, nameof(SlopeTolerance), "(0, 1]");
        Require(Resamples is >= 200 and <= 100_000, nameof(Resamples), "[200, 100000]");
    }

    private static void Require(bool holds, string option, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(option, $"{option} must be in {allowed}.");
        }
    }
}
