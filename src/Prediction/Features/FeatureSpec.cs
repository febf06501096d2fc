using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>The name and kind of one feature.</summary>
/// <param name="Name">Unique within a table, compared ordinally.</param>
/// <param name="Kind">How its values are read.</param>
public sealed record FeatureSpec(string Name, FeatureKind Kind)
{
    /// <summary>Length of the circle of a cyclic feature, above 0, in the unit of its values; null for other kinds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public float? Period { get; init; }
}
