using Noah.Prediction.Features;

namespace Noah.Prediction.Labels;

/// <summary>
/// Finds features that know what they could not have known at the snapshot. Where times are known, it is a proof; where a feature is an
/// attribute without a history, only its behaviour can give it away, and a harmless verdict is no proof.
/// </summary>
public static class LeakageCheck
{
    /// <summary>A feature that alone tells the outcome better than this is too good to be true.</summary>
    public const double SuspiciousAuc = 0.98;

    /// <summary>Rows with and rows without the outcome that a test by behaviour needs, each.</summary>
    public const int MinRowsOfClass = 20;

    // Two-sided p = 6e-5: a hundred honest features give one false alarm in two hundred tables.
    private const double SuspiciousZ = 4;

    /// <summary>Times of the sources against the snapshots: a source at the snapshot or later leaks.</summary>
    /// <param name="sources">How fresh each feature is.</param>
    /// <param name="snapshots">[rows].</param>
    /// <exception cref="ArgumentException">A source has another number of rows (the message names the feature).</exception>
    public static LeakageReport OfTimes(IReadOnlyList<FeatureSource> sources, IReadOnlyList<DateTimeOffset> snapshots)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(snapshots);
        return new LeakageReport([.. sources.Select(source => OfTimes(source, snapshots))]);
    }

    /// <summary>
    /// Values as they were given against values recomputed from the log before the snapshots: one that differs used something else.
    /// </summary>
    /// <param name="given">As the model would be trained with.</param>
    /// <param name="recomputed">Of the same rows; features that are not in it are not tested.</param>
    /// <exception cref="ArgumentException">The tables differ in their rows, or a feature in its kind.</exception>
    public static LeakageReport OfRecomputed(FeatureTable given, FeatureTable recomputed)
    {
        var findings = new List<LeakageFinding>();
        foreach (var (column, again) in Pairs(given, recomputed))
        {
            int[] rows = [.. Enumerable.Range(0, given.Rows).Where(row => !AreEqual(column, again, row))];
            findings.Add(new LeakageFinding(
                column.Spec.Name, LeakageTest.Recomputed, rows.Length > 0 ? LeakageStatus.Leaks : LeakageStatus.Passes, rows.Length,
                rows.Length > 0 ? rows[0] : null));
        }
        return new LeakageReport(findings);
    }

    /// <summary>
    /// How well each feature by itself tells the outcome. Above <see cref="SuspiciousAuc"/> it is suspicious: "cancelled on" tells churn.
    /// </summary>
    /// <param name="features">Numbers and names; that a value is missing is looked at as well.</param>
    /// <param name="outcomes">[rows] 0 or 1.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is neither 0 nor 1.</exception>
    public static LeakageReport OfOutcomes(FeatureTable features, float[] outcomes)
    {
        ArgumentNullException.ThrowIfNull(features);
        RequireOutcomes(outcomes, features.Rows);
        bool enough = Enough(outcomes);
        return new LeakageReport([.. features.Columns.Select(column =>
        {
            double? auc = enough ? AloneAuc.Of(column, outcomes) : null;
            return new LeakageFinding(
                column.Spec.Name, LeakageTest.AloneAuc, auc > SuspiciousAuc ? LeakageStatus.Suspicious : LeakageStatus.Passes, Statistic: auc);
        })]);
    }

    /// <summary>
    /// Whether attributes of which only today's value may be known change more often where the outcome came about (two-proportion z above
    /// 4): today's value then tells the outcome, however harmless it looks.
    /// </summary>
    /// <param name="before">Values around the snapshots, of an older extract.</param>
    /// <param name="after">Values after the outcomes, of the same rows; features that are not in it are not tested.</param>
    /// <param name="outcomes">[rows] 0 or 1.</param>
    /// <exception cref="ArgumentException">The tables differ in their rows, lengths differ, or an outcome is neither 0 nor 1.</exception>
    public static LeakageReport OfChanges(FeatureTable before, FeatureTable after, float[] outcomes)
    {
        ArgumentNullException.ThrowIfNull(before);
        RequireOutcomes(outcomes, before.Rows);
        bool enough = Enough(outcomes);
        var findings = new List<LeakageFinding>();
        foreach (var (column, later) in Pairs(before, after))
        {
            bool[] changed = [.. Enumerable.Range(0, before.Rows).Select(row => !AreEqual(column, later, row))];
            double? z = enough ? ProportionZ(changed, outcomes) : null;
            findings.Add(new LeakageFinding(
                column.Spec.Name, LeakageTest.ChangeWithOutcome, Math.Abs(z ?? 0) > SuspiciousZ ? LeakageStatus.Suspicious : LeakageStatus.Passes,
                changed.Count(isChanged => isChanged), Statistic: z));
        }
        return new LeakageReport(findings);
    }

    private static LeakageFinding OfTimes(FeatureSource source, IReadOnlyList<DateTimeOffset> snapshots)
    {
        if (source.Latest.Count != snapshots.Count)
        {
            throw new ArgumentException($"Feature '{source.Feature}' has {source.Latest.Count} source times for {snapshots.Count} rows.", nameof(source));
        }
        int late = 0, first = -1;
        for (int row = 0; row < snapshots.Count; row++)
        {
            if (source.Latest[row] >= snapshots[row])
            {
                first = late++ == 0 ? row : first;
            }
        }
        return late == 0
            ? new LeakageFinding(source.Feature, LeakageTest.SourceTimes, LeakageStatus.Passes)
            : new LeakageFinding(source.Feature, LeakageTest.SourceTimes, LeakageStatus.Leaks, late, first, source.Latest[first]! - snapshots[first]);
    }

    private static IEnumerable<(FeatureColumn First, FeatureColumn Second)> Pairs(FeatureTable first, FeatureTable second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Rows != second.Rows)
        {
            throw new ArgumentException($"The tables have {first.Rows} and {second.Rows} rows; they must be of the same rows.", nameof(second));
        }
        var names = second.Schema.Select(spec => spec.Name).ToHashSet(StringComparer.Ordinal);
        return [.. first.Columns.Where(column => names.Contains(column.Spec.Name)).Select(column => (column, second.Column(column.Spec)))];
    }

    private static bool AreEqual(FeatureColumn first, FeatureColumn second, int row) => first.Spec.Kind == FeatureKind.Numeric
        ? first.Numbers[row].Equals(second.Numbers[row])
        : string.Equals(first.Names[row], second.Names[row], StringComparison.Ordinal);

    private static bool Enough(float[] outcomes)
    {
        int positives = outcomes.Count(outcome => outcome == 1f);
        return Math.Min(positives, outcomes.Length - positives) >= MinRowsOfClass;
    }

    private static double? ProportionZ(bool[] changed, float[] outcomes)
    {
        double[] rows = new double[2], changes = new double[2];
        for (int row = 0; row < changed.Length; row++)
        {
            rows[(int)outcomes[row]]++;
            changes[(int)outcomes[row]] += changed[row] ? 1 : 0;
        }
        double pooled = (changes[0] + changes[1]) / (rows[0] + rows[1]);
        double error = Math.Sqrt(pooled * (1 - pooled) * (1 / rows[0] + 1 / rows[1]));
        return error > 0 ? (changes[1] / rows[1] - changes[0] / rows[0]) / error : null;
    }

    private static void RequireOutcomes(float[] outcomes, int rows)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        if (outcomes.Length != rows || Array.Exists(outcomes, outcome => outcome is not (0f or 1f)))
        {
            throw new ArgumentException($"There must be {rows} outcomes, one a row, each 0 or 1.", nameof(outcomes));
        }
    }
}
