namespace Noah.Experimentation.Triggering;

/// <summary>Choices of <see cref="TriggeredAnalysis"/>.</summary>
public sealed record TriggeredOptions
{
    /// <summary>Confidence of the intervals in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Planned share of units in the treatment arm, in (0, 1); default a half.</summary>
    public double TreatmentShare { get; init; } = 0.5;

    /// <summary>p in (0, 1) under which a sample ratio or the agreeing complement is called broken; default 0.001.</summary>
    public double HealthThreshold { get; init; } = 0.001;

    /// <summary>Relative difference of sends and of cost between arms, above 0, that still counts as matched; default 0.05.</summary>
    public double MatchTolerance { get; init; } = 0.05;
}
