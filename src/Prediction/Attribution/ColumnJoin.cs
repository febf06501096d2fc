using System.Globalization;
using Noah.Prediction.Features;

namespace Noah.Prediction.Attribution;

/// <summary>What attribution asks of columns of any kind.</summary>
internal static class ColumnJoin
{
    /// <summary>The rows of both, those of the first in front. Both have the same name and kind.</summary>
    public static FeatureColumn Of(FeatureColumn first, FeatureColumn second) => first.Spec.Kind switch
    {
        FeatureKind.Numeric => FeatureColumn.Numeric(first.Spec.Name, [.. first.Numbers, .. second.Numbers]),
        FeatureKind.Categorical => FeatureColumn.Categorical(first.Spec.Name, [.. first.Names, .. second.Names]),
        _ => throw Unknown(first.Spec),
    };

    /// <summary>One row without a value.</summary>
    public static FeatureColumn Missing(FeatureSpec spec) => spec.Kind switch
    {
        FeatureKind.Numeric => FeatureColumn.Numeric(spec.Name, [float.NaN]),
        FeatureKind.Categorical => FeatureColumn.Categorical(spec.Name, [null]),
        _ => throw Unknown(spec),
    };

    /// <summary>The value of a row for people to read; null = missing.</summary>
    public static string? Text(FeatureColumn column, int row) => column.Spec.Kind switch
    {
        FeatureKind.Numeric => float.IsNaN(column.Numbers[row]) ? null : column.Numbers[row].ToString(CultureInfo.InvariantCulture),
        FeatureKind.Categorical => column.Names[row],
        _ => throw Unknown(column.Spec),
    };

    private static InvalidOperationException Unknown(FeatureSpec spec) => new($"Feature '{spec.Name}' is of a kind that has no join: {spec.Kind}.");
}
