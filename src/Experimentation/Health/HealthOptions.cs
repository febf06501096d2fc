namespace Noah.Experimentation.Health;

/// <summary>Choices of <see cref="HealthCheck"/>.</summary>
public sealed record HealthOptions
{
    /// <summary>p in (0, 1) under which a ratio or a pre-period difference is a finding, adjusted within its family; default 0.001.</summary>
    public double Threshold { get; init; } = 0.001;

    /// <summary>Largest share of units in more than one arm, in [0, 1], that is no finding; default 0.01, as in GrowthBook.</summary>
    public double MultipleExposureLimit { get; init; } = 0.01;

    /// <summary>
    /// Outcomes of an arm on a day under this share of its median day, in [0, 1], count as missing logs; default 0.1. Checked where the median
    /// day has at least <see cref="OutcomesForGaps"/> outcomes.
    /// </summary>
    public double GapShare { get; init; } = 0.1;

    /// <summary>Median outcomes an arm and day, at least 1, below which a day without outcomes may be chance; default 20.</summary>
    public int OutcomesForGaps { get; init; } = 20;

    /// <summary>Share of units with a passed outcome window, in [0, 1], below which the data are called late; default 0.8.</summary>
    public double MaturedShare { get; init; } = 0.8;

    /// <summary>Share of a metric's total in one unit, in [0, 1], above which it is called concentrated; default 0.1.</summary>
    public double ConcentrationLimit { get; init; } = 0.1;
}
