namespace Noah.Optimization.Online;

/// <summary>
/// Whether scores are still distributed as they were at planning: stored prices are worth over 99 % of the optimum while they are (noah.md §3.2). Figures
/// are null when there were too few scores.
/// </summary>
/// <param name="Shift">The verdict.</param>
/// <param name="StabilityIndex">Population stability index Σ (q − p) ln(q / p) over bins of equal share at planning, ≥ 0.</param>
/// <param name="Distance">Kolmogorov-Smirnov distance of the two samples, in [0, 1].</param>
/// <param name="PValue">Its two-sided p-value by the limiting distribution, in [0, 1].</param>
public sealed record ScoreDrift(ScoreShift Shift, double? StabilityIndex, double? Distance, double? PValue)
{
    /// <summary>Fewest scores of each sample: below it ten bins hold too few for an index.</summary>
    public const int LeastScores = 50;

    /// <summary>Index from which a shift is moderate: 0.1.</summary>
    public const double ModerateIndex = 0.1;

    /// <summary>Index from which a shift is major: 0.25.</summary>
    public const double MajorIndex = 0.25;

    /// <summary>A moderate shift counts only below this p-value, since in small samples the index is large by chance; 0.01.</summary>
    public const double Significance = 0.01;

    /// <summary>Whether to solve again: a major shift, or a moderate one that is not by chance.</summary>
    public bool InvalidatesPrices => Shift == ScoreShift.Major || (Shift == ScoreShift.Moderate && PValue < Significance);

    /// <summary>Compares two samples of scores.</summary>
    /// <param name="planned">Scores at planning, finite; shape [n].</param>
    /// <param name="now">Scores now, finite; shape [m].</param>
    /// <param name="bins">Bins of the index, in [2, 100]; default 10. Equal scores at planning can leave fewer.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A score is not finite or the number of bins is out of range.</exception>
    public static ScoreDrift Between(ReadOnlySpan<double> planned, ReadOnlySpan<double> now, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, 100);
        var (before, after) = (Sorted(planned, nameof(planned)), Sorted(now, nameof(now)));
        if (Math.Min(before.Length, after.Length) < LeastScores)
        {
            return new ScoreDrift(ScoreShift.TooFew, null, null, null);
        }

        var index = ScoreDistances.StabilityIndex(before, after, bins);
        var distance = ScoreDistances.KolmogorovSmirnov(before, after);
        var size = (double)before.Length * after.Length / (before.Length + after.Length);
        var shift = index >= MajorIndex ? ScoreShift.Major : index >= ModerateIndex ? ScoreShift.Moderate : ScoreShift.Stable;
        return new ScoreDrift(shift, index, distance, ScoreDistances.KolmogorovTail(Math.Sqrt(size) * distance));
    }

    private static double[] Sorted(ReadOnlySpan<double> scores, string parameter)
    {
        var sorted = scores.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 || (double.IsFinite(sorted[0]) && double.IsFinite(sorted[^1]))
            ? sorted
            : throw new ArgumentException("Scores must be finite.", parameter);
    }
}
