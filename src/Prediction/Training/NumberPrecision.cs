namespace Noah.Prediction.Training;

/// <summary>How the numbers of encoded rows are kept.</summary>
public enum NumberPrecision
{
    /// <summary>32 bits: training gives the bits that it gives from a table.</summary>
    Full,

    /// <summary>16 bits (IEEE half): half the room, numbers off by at most 1 part in 2,000.</summary>
    Half,
}
