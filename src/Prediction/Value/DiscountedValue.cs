namespace Noah.Prediction.Value;

/// <summary>Present value of amounts predicted over several horizons, with a product's own discount.</summary>
public static class DiscountedValue
{
    /// <summary>
    /// Σ over periods of γ^t times the amount expected in the period. Between two horizons the expected increment is spread evenly over
    /// their periods, t counts from 1, so that money at the end of the first period is worth γ (value over a horizon: Σ γ^t E[margin_t]).
    /// </summary>
    /// <param name="horizons">Of one row, from <see cref="ValueModel.PredictHorizons(Features.FeatureTable, int)"/>.</param>
    /// <param name="horizonPeriods">[horizons] length of each in periods, rising, at least 1.</param>
    /// <param name="discountPerPeriod">γ in (0, 1]; 1 gives the last horizon's mean.</param>
    /// <param name="margin">Share of the amount that remains as contribution, in [0, 1]. Default 1.</param>
    /// <returns>In the currency of training; at least 0.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a value is outside its range.</exception>
    public static double Of(
        IReadOnlyList<ValuePrediction> horizons, IReadOnlyList<int> horizonPeriods, double discountPerPeriod, double margin = 1)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        ArgumentNullException.ThrowIfNull(horizonPeriods);
        if (horizons.Count != horizonPeriods.Count)
        {
            throw new ArgumentException($"There are {horizonPeriods.Count} lengths for {horizons.Count} horizons.", nameof(horizonPeriods));
        }
        if (!(discountPerPeriod is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discountPerPeriod), discountPerPeriod, "The discount must be in (0, 1].");
        }
        if (!(margin is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin must be in [0, 1].");
        }
        double value = 0, mean = 0, factor = 1;
        int period = 0;
        for (int h = 0; h < horizons.Count; h++)
        {
            int periods = horizonPeriods[h] - period;
            if (periods < 1)
            {
                throw new ArgumentException($"Horizon {h} must be longer than the one before it.", nameof(horizonPeriods));
            }
            double factors = 0;
            for (; period < horizonPeriods[h]; period++)
            {
                factor *= discountPerPeriod;
                factors += factor;
            }
            value += (horizons[h].Mean - mean) * factors / periods;
            mean = horizons[h].Mean;
        }
        return margin * value;
    }
}
