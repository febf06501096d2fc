using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>A table as bins, one array of [rows] per feature.</summary>
internal sealed record BinnedTable(int Rows, byte[][] Columns)
{
    public static BinnedTable Of(FeatureTable table, IReadOnlyList<FeatureBins> bins) =>
        new(table.Rows, [.. bins.Select(feature => feature.Apply(table.Column(feature.Spec)))]);
}
