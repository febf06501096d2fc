using System.Globalization;

namespace Noah.Optimization.Online;

/// <summary>Consumption against plan, row by row, and whether to solve again.</summary>
/// <param name="Rows">Each row, in the order of the book.</param>
/// <param name="Scores">Drift of the score distribution, if it was given.</param>
/// <param name="Recommendation">What to do.</param>
/// <param name="Reasons">Why; empty when the prices are kept without a remark.</param>
/// <param name="Options">The options, echoed.</param>
public sealed record ConsumptionDrift(
    IReadOnlyList<RowDrift> Rows, ScoreDrift? Scores, DriftRecommendation Recommendation, IReadOnlyList<string> Reasons, DriftOptions Options)
{
    /// <summary>
    /// Compares consumption with the plan. A row departs when it does so by more than the relative tolerance and, where the plan has a variance, by more
    /// than <see cref="DriftOptions.ZThreshold"/> standard deviations. Solving again is recommended when a departing row has a price (its price is then
    /// wrong) or heads for a broken bound, or when the scores have drifted.
    /// </summary>
    /// <param name="rows">Rows of the plan, as in <see cref="PriceBook.Rows"/>.</param>
    /// <param name="actual">Use of each row so far, finite and ≥ 0; shape [rows].</param>
    /// <param name="share">Share of the plan's use that is due by now, in [0, 1].</param>
    /// <param name="scores">Drift of the scores since planning; null when it was not measured.</param>
    /// <param name="options">Tolerances; null for the defaults.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="ArgumentException">A length does not fit or a number is out of range.</exception>
    public static ConsumptionDrift Of(
        IReadOnlyList<BookedRow> rows, IReadOnlyList<double> actual, double share, ScoreDrift? scores = null, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(actual);
        options ??= new DriftOptions();
        options.Validate();
        if (!(share is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must lie in [0, 1].");
        }

        if (actual.Count != rows.Count || actual.Any(use => !(double.IsFinite(use) && use >= 0)))
        {
            throw new ArgumentException($"{actual.Count} uses for {rows.Count} rows, or one that is not finite and at least 0.", nameof(actual));
        }

        RowDrift[] drifts = [.. rows.Select((row, r) => Compare(row, actual[r], share, options))];
        var reasons = new List<string>();
        for (var r = 0; r < drifts.Length; r++)
        {
            if (drifts[r].Status is DriftStatus.Over or DriftStatus.Under && (rows[r].DualPrice != 0 || drifts[r].BreaksBound))
            {
                reasons.Add(Reason(rows[r], drifts[r]));
            }
        }

        var recommendation = reasons.Count > 0 || scores is { InvalidatesPrices: true } ? DriftRecommendation.Resolve : DriftRecommendation.Keep;
        if (scores is { Shift: ScoreShift.Moderate or ScoreShift.Major })
        {
            reasons.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Scores: population stability index {scores.StabilityIndex:0.000}, Kolmogorov-Smirnov distance {scores.Distance:0.000}."));
        }

        return new ConsumptionDrift(drifts, scores, recommendation, reasons, options);
    }

    private static RowDrift Compare(BookedRow row, double actual, double share, DriftOptions options)
    {
        var expected = row.Planned.Expected(share);
        var deviation = Math.Sqrt(row.Planned.Variance(share));
        double? ratio = expected > 0 ? actual / expected : null;
        double? z = deviation > 0 ? (actual - expected) / deviation : null;
        double? projected = ratio is { } pace ? actual + ((row.Planned.Use - expected) * pace) : null;
        var slack = options.RelativeTolerance * Math.Max(row.Lower ?? 0, row.Upper ?? 0);
        var breaks = projected > row.Upper + slack || projected < row.Lower - slack;

        var departs = Math.Abs(actual - expected) > options.RelativeTolerance * expected;
        var beyondChance = z is not { } score || Math.Abs(score) > options.ZThreshold;
        var tolerated = options.RelativeTolerance * expected >= options.ZThreshold * deviation;
        var status = (share < options.EarliestShare, departs && beyondChance) switch
        {
            (true, _) => DriftStatus.TooEarly,
            (_, true) => actual > expected ? DriftStatus.Over : DriftStatus.Under,
            // Silence means something only where a departure of the tolerated size would have been seen.
            _ => tolerated ? DriftStatus.OnPlan : DriftStatus.TooEarly,
        };
        return new RowDrift(row.Name, expected, actual, ratio, z, projected, breaks, status);
    }

    private static string Reason(BookedRow row, RowDrift drift)
    {
        var pace = drift.Ratio is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} times the plan") : "not in the plan";
        var consequence = drift.BreaksBound ? "heads for a broken bound" : "its price no longer fits";
        return string.Create(CultureInfo.InvariantCulture, $"'{row.Name}': {drift.Actual:0.##} used by now is {pace}; {consequence}.");
    }
}
