namespace Noah.Prediction.Surrogates;

/// <summary>Whether decisions may rest on a proxy.</summary>
public enum SurrogateStatus
{
    /// <summary>It moves with the true outcome between experiments, and predicts it in level and slope.</summary>
    Usable,

    /// <summary>
    /// Totals or differences between deciles of matured members were not shown to come true. It may still choose between arms of one
    /// experiment; as an amount of money it must not be used.
    /// </summary>
    NotCalibrated,

    /// <summary>Its lifts were not shown to move with the true ones: an arm may win by the proxy and lose in truth.</summary>
    NotRelated,

    /// <summary>Too few past experiments to say.</summary>
    TooFewExperiments,
}
