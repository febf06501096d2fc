using Noah.Prediction.Training;

namespace Noah.Prediction.Delay;

/// <summary>Options of <see cref="DelayedConversionModel"/>. Times are in one unit of the caller's, say days.</summary>
public sealed record DelayOptions : TrainingOptions
{
    /// <summary>A conversion counts if it comes within this time of the send or click. Default 30. Finite and &gt; 0.</summary>
    public double Window { get; init; } = 30;

    /// <summary>
    /// Parts of the window with a hazard each, as many conversions in one as in the next. Default 6: the shape of the delay is learnt, not
    /// assumed, and each part still has a sixth of the conversions. 1 to 64.
    /// </summary>
    public int Buckets { get; init; } = 6;

    internal new void Validate()
    {
        base.Validate();
        if (!(Window > 0 && double.IsFinite(Window)))
        {
            throw new ArgumentException("Window must be finite and above 0.", nameof(Window));
        }
        if (Buckets is < 1 or > 64)
        {
            throw new ArgumentException("Buckets must be [1, 64].", nameof(Buckets));
        }
    }
}
