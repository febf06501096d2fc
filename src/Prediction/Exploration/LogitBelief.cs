namespace Noah.Prediction.Exploration;

/// <summary>What is believed of one row's log odds: a normal distribution.</summary>
/// <param name="Mean">Of the log odds.</param>
/// <param name="Variance">Of the log odds, above 0 unless the row is all zeros.</param>
public readonly record struct LogitBelief(double Mean, double Variance)
{
    /// <summary>
    /// The probability with the uncertainty averaged out, in [0, 1]: sigmoid(mean / √(1 + π variance / 8)) (MacKay 1992).
    /// </summary>
    public double Probability => 1 / (1 + Math.Exp(-Mean / Math.Sqrt(1 + Math.PI * Variance / 8)));
}
