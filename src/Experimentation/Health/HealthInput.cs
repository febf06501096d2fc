namespace Noah.Experimentation.Health;

/// <summary>What a check of health reads; all but arms, weights and days may be left out, which leaves out its checks.</summary>
/// <param name="Arms">Name per arm, two or more.</param>
/// <param name="Weights">Planned weight per arm, finite and above 0.</param>
/// <param name="Days">One row per day of the experiment that has any exposure or outcome.</param>
public sealed record HealthInput(IReadOnlyList<string> Arms, IReadOnlyList<double> Weights, IReadOnlyList<HealthDay> Days)
{
    /// <summary>New units per segment and arm, one row per value of each dimension.</summary>
    public IReadOnlyList<HealthSegment> Segments { get; init; } = [];

    /// <summary>Units that were seen in more than one arm; default 0.</summary>
    public long MultiplyExposed { get; init; }

    /// <summary>Metrics measured before the experiment, one summary per arm each.</summary>
    public IReadOnlyList<PrePeriodMetric> PrePeriod { get; init; } = [];

    /// <summary>Per arm the units whose outcome window has passed; empty: not checked.</summary>
    public IReadOnlyList<long> MaturedUnits { get; init; } = [];

    /// <summary>Share of a metric's total that its largest unit holds, by metric.</summary>
    public IReadOnlyList<(string Metric, double Share)> LargestShares { get; init; } = [];
}
