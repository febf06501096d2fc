namespace Noah.Experimentation.Reports;

/// <summary>Choices of <see cref="ExperimentAnalysis"/>.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Confidence of intervals and conclusions in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>p in (0, 1) below which the sample ratio is called broken; default 0.001.</summary>
    public double SampleRatioThreshold { get; init; } = 0.001;

    /// <summary>Positives of an arm below which a warning says that there are few; at least 0; default 30.</summary>
    public int FewPositives { get; init; } = 30;

    /// <summary>
    /// Null skewness of the mean difference, in absolute value, above which Welch is not to be trusted; above 0. Default 0.3: to first
    /// order (Edgeworth) one tail of a nominal 5 % test then holds about twice its 2.5 %. It is zero in equal arms and was above 0.3 in
    /// all of 1,000 nulls of 36,000 against 4,000 units at 1 % conversion, where Welch rejected 12 %.
    /// </summary>
    public double SkewnessLimit { get; init; } = 0.3;

    /// <summary>Expectation that picks the headline test of zero-inflated metrics; default both parts together.</summary>
    public ExpectedMovement ZeroInflatedExpectation { get; init; } = ExpectedMovement.Together;

    /// <summary>Family of Holm's correction; default the whole report.</summary>
    public AdjustmentFamily AdjustmentFamily { get; init; } = AdjustmentFamily.Report;

    /// <summary>Seed of permutation tests; default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
