namespace Noah.Prediction.Surrogates;

/// <summary>An estimate with its 95 % percentile interval.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct EstimatedInterval(double Value, double Lower, double Upper)
{
    internal static EstimatedInterval Of(double value, List<double> resampled)
    {
        resampled.Sort();
        return new EstimatedInterval(value, At(0.025), At(0.975));

        double At(double quantile) => resampled[(int)Math.Round(quantile * (resampled.Count - 1))];
    }
}
