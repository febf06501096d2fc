namespace Noah.Experimentation.OffPolicy;

/// <summary>Choices of <see cref="OffPolicyEvaluation"/>.</summary>
public sealed record OffPolicyOptions
{
    /// <summary>Confidence of the intervals in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>
    /// Largest share of the target policy's decisions, in [0, 1], that the log may be unable to speak about. Beyond it no estimate is
    /// given, as it would silently value those decisions at nothing. Default 0.001.
    /// </summary>
    public double UnsupportedShareLimit { get; init; } = 0.001;

    /// <summary>
    /// Effective sample size below which overlap is called weak: a few units then carry the estimate and the normal interval is too
    /// narrow. At least 0; default 100.
    /// </summary>
    public double EffectiveSampleSizeMinimum { get; init; } = 100;

    /// <summary>
    /// Weight at or above 0 beyond which the switch estimate trusts the prediction alone. Default null: the one of the weights' quantiles with
    /// the smallest estimated squared error, variance plus squared bias, the bias being what the switched-off corrections add up to.
    /// </summary>
    public double? SwitchWeight { get; init; }
}
