namespace Noah.Experimentation.Statistics;

/// <summary>One metric's values in one arm. The set of kinds is closed: binary, continuous and zero-inflated.</summary>
public abstract class MetricSample
{
    private protected MetricSample(Moments moments) => Moments = moments;

    /// <summary>Which of the three kinds this sample is.</summary>
    public abstract MetricKind Kind { get; }

    /// <summary>Count, mean and squared deviations over all units of the arm, zeros included.</summary>
    public Moments Moments { get; }

    /// <summary>Number of units.</summary>
    public long Count => Moments.Count;
}
