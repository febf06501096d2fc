using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>Finds columns that are constant, empty, or hold a value out of all proportion.</summary>
internal static class ColumnCheck
{
    private const double OutlierRanges = 1000;

    public static IReadOnlyList<ColumnWarning> Of(FeatureTable features, float[] labels, ReadOnlySpan<int> rows)
    {
        var warnings = new List<ColumnWarning>();
        foreach (var column in features.Columns)
        {
            var condition = column.Spec.Kind == FeatureKind.Numeric ? OfNumbers(column.Numbers, rows) : OfNames(column.Names, rows);
            if (condition is { } found)
            {
                warnings.Add(new ColumnWarning(column.Spec.Name, found));
            }
        }
        if (OfNumbers(labels, rows) is { } ofLabel)
        {
            warnings.Add(new ColumnWarning("label", ofLabel));
        }
        return warnings;
    }

    private static ColumnCondition? OfNames(ReadOnlySpan<string?> names, ReadOnlySpan<int> rows)
    {
        bool anyName = false, differ = false;
        foreach (int row in rows)
        {
            anyName |= names[row] is not null;
            differ |= !string.Equals(names[row], names[rows[0]], StringComparison.Ordinal);
        }
        return !anyName ? ColumnCondition.Empty : differ ? null : ColumnCondition.Constant;
    }

    private static ColumnCondition? OfNumbers(ReadOnlySpan<float> values, ReadOnlySpan<int> rows)
    {
        var known = new List<float>(rows.Length);
        foreach (int row in rows)
        {
            if (!float.IsNaN(values[row]))
            {
                known.Add(values[row]);
            }
        }
        if (known.Count == 0)
        {
            return ColumnCondition.Empty;
        }
        known.Sort();
        if (known[0] == known[^1])
        {
            return known.Count == rows.Length ? ColumnCondition.Constant : null;
        }
        double median = known[known.Count / 2], range = (double)known[(int)(0.99 * (known.Count - 1))] - known[(int)(0.01 * (known.Count - 1))];
        // A column of one value but for a few has no such range; its own size must do.
        double scale = OutlierRanges * (range > 0 ? range : 1 + Math.Abs(median));
        return known[^1] - median > scale || median - known[0] > scale ? ColumnCondition.Outlier : null;
    }
}
