using Noah.Prediction.Losses;

namespace Noah.Prediction.Value;

/// <summary>What amounts ask of a training: what they must be, and the distribution that is fitted to them.</summary>
internal static class ValueTargets
{
    public static LognormalMixture MixtureOf(ValueOptions options) => new(
        options.Head == ValueHead.LognormalMixture ? options.Components : 1, options.HorizonPeriods.Count);

    /// <exception cref="ArgumentException">Not one array a horizon, or an amount is negative, not finite or falls; the message names row and
    /// horizon.</exception>
    public static void RequireAmounts(float[][] amounts, ValueOptions options)
    {
        int horizons = options.HorizonPeriods.Count;
        if (amounts.Length != horizons)
        {
            throw new ArgumentException($"There are amounts for {amounts.Length} horizons; the options have {horizons}.", nameof(amounts));
        }
        for (int h = 0; h < horizons; h++)
        {
            ArgumentNullException.ThrowIfNull(amounts[h], nameof(amounts));
            int bad = Array.FindIndex(amounts[h], amount => !(amount >= 0f && float.IsFinite(amount)));
            if (bad >= 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(amounts), amounts[h][bad], $"The amount of row {bad} must be finite and at least 0.");
            }
            if (amounts[h].Length != amounts[0].Length)
            {
                throw new ArgumentException(
                    $"Horizon {h} has {amounts[h].Length} amounts; the first has {amounts[0].Length}.", nameof(amounts));
            }
            int falling = h == 0 ? -1 : Array.FindIndex([.. amounts[h].Zip(amounts[h - 1], (now, before) => now < before)], falls => falls);
            if (falling >= 0)
            {
                throw new ArgumentException($"The amount of row {falling} falls from horizon {h - 1} to {h}.", nameof(amounts));
            }
        }
    }
}
