namespace Noah.Experimentation.Statistics;

/// <summary>Why a stream has no sample.</summary>
public enum StreamProblem
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>A value was NaN or infinite: outcomes are missing or broken.</summary>
    NotFinite,

    /// <summary>A value was negative, which the metric cannot be: refunds belong into a metric of net value.</summary>
    Negative,
}
