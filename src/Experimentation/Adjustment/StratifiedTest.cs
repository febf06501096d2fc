using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Difference of means within strata, weighted by their sizes (post-stratification): right where the split was changed mid-run, and more precise
/// where strata differ. Δ = Σ (N_s / N) Δ_s, SE² = Σ (N_s / N)² SE_s².
/// </summary>
public static class StratifiedTest
{
    private const double ChangeLevel = 0.001;

    /// <summary>Compares two arms over strata.</summary>
    /// <param name="strata">Disjoint strata; those without any unit do not count.</param>
    /// <param name="confidence">Confidence of the interval in (0, 1); default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is outside (0, 1).</exception>
    public static StratifiedResult Compare(IReadOnlyList<Stratum> strata, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(strata);
        Require.OpenUnit(confidence);
        var filled = strata.Where(stratum => stratum.Treatment.Count + stratum.Control.Count > 0).ToList();
        double treated = filled.Sum(stratum => stratum.Treatment.Count), all = treated + filled.Sum(stratum => stratum.Control.Count);
        var changed = SplitChanged(filled, treated, all);
        string[] missing = [.. filled.Where(stratum => stratum.Treatment.Count < 2 || stratum.Control.Count < 2).Select(stratum => stratum.Name)];
        if (missing.Length > 0)
        {
            return new StratifiedResult(StratifiedStatus.MissingArm, null, null, null, null, null, changed, missing);
        }

        double difference = 0, variance = 0, spread = 0;
        foreach (var stratum in filled)
        {
            var weight = (stratum.Treatment.Count + stratum.Control.Count) / all;
            difference += weight * (stratum.Treatment.Mean - stratum.Control.Mean);
            foreach (var arm in new[] { stratum.Treatment, stratum.Control })
            {
                var part = weight * weight * arm.Variance!.Value / arm.Count;
                variance += part;
                spread += part * part / (arm.Count - 1);
            }
        }

        if (variance <= 0)
        {
            return new StratifiedResult(StratifiedStatus.NoVariation, filled.Count > 0 ? difference : null, null, null, null, null, changed, []);
        }

        var error = Math.Sqrt(variance);
        var freedom = variance * variance / spread;
        return new StratifiedResult(
            StratifiedStatus.Computed,
            difference,
            error,
            freedom,
            Tails.StudentTwoSided(difference / error, freedom),
            Interval.Around(difference, Tails.StudentCritical(confidence, freedom) * error),
            changed,
            []);
    }

    // Pearson's test that the share of treatment is the same in all strata.
    private static bool SplitChanged(List<Stratum> strata, double treated, double all)
    {
        if (strata.Count < 2 || treated <= 0 || treated >= all)
        {
            return false;
        }

        var chiSquare = 0.0;
        foreach (var stratum in strata)
        {
            double units = stratum.Treatment.Count + stratum.Control.Count, expected = units * treated / all;
            chiSquare += Math.Pow(stratum.Treatment.Count - expected, 2) * all / (expected * (all - treated));
        }

        return Tails.ChiSquareUpper(chiSquare, strata.Count - 1) < ChangeLevel;
    }
}
