namespace Noah.Optimization.Online;

/// <summary>When a departure from plan counts.</summary>
/// <param name="RelativeTolerance">Relative departure of consumption that does not matter, &gt; 0; default 0.05.</param>
/// <param name="ZThreshold">Standard deviations that a departure must exceed as well, &gt; 0; default 3.</param>
/// <param name="EarliestShare">Share of the plan below which nothing is said, in [0, 1); default 0.05.</param>
public sealed record DriftOptions(double RelativeTolerance = 0.05, double ZThreshold = 3, double EarliestShare = 0.05)
{
    internal void Validate()
    {
        if (!(double.IsFinite(RelativeTolerance) && RelativeTolerance > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(RelativeTolerance), RelativeTolerance, "The tolerance must be finite and above 0.");
        }

        if (!(double.IsFinite(ZThreshold) && ZThreshold > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(ZThreshold), ZThreshold, "The z threshold must be finite and above 0.");
        }

        if (!(EarliestShare is >= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(EarliestShare), EarliestShare, "The earliest share must lie in [0, 1).");
        }
    }
}
