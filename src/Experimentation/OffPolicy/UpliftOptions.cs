namespace Noah.Experimentation.OffPolicy;

/// <summary>Choices of <see cref="UpliftEvidence"/>.</summary>
public sealed record UpliftOptions
{
    /// <summary>Confidence of intervals and verdict in (0, 1); default 0.95.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Number of groups by predicted increment, at least 2; default 5.</summary>
    public int Groups { get; init; } = 5;
}
