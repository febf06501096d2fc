namespace Noah.Prediction.Delay;

/// <summary>What to do about conversions that are yet to come.</summary>
public enum DelayCorrection
{
    /// <summary>Nothing: a row without a conversion so far counts as one without (<see cref="Response.ResponseModel"/>).</summary>
    None,

    /// <summary>Learn the hazard over the window (<see cref="DelayedConversionModel"/>).</summary>
    Hazard,
}
