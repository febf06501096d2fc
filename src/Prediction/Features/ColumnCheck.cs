namespace Noah.Prediction.Features;

/// <summary>Finds columns that are constant, empty, or hold a value out of all proportion, where no encoder is fitted.</summary>
internal static class ColumnCheck
{
    public static IReadOnlyList<ColumnWarning> Of(FeatureTable features, float[] labels, ReadOnlySpan<int> rows)
    {
        var warnings = new List<ColumnWarning>();
        foreach (var column in features.Columns.Append(FeatureColumn.Numeric("label", labels)))
        {
            var profile = ColumnProfile.Of(column.Spec, int.MaxValue);
            profile.Add(column.Select(rows));
            if (profile.Check() is { } found)
            {
                warnings.Add(found.Row is { } row ? found with { Row = rows[(int)row] } : found);
            }
        }
        return warnings;
    }
}
