namespace Noah.Experimentation.Statistics;

/// <summary>The shape of a metric, which decides the tests that fit it.</summary>
public enum MetricKind
{
    /// <summary>Zero or one per unit: visited, converted, unsubscribed.</summary>
    Binary,

    /// <summary>Any finite number per unit, without a mass at one point.</summary>
    Continuous,

    /// <summary>Zero for most units and a positive amount for the others: spend, revenue.</summary>
    ZeroInflated,
}
