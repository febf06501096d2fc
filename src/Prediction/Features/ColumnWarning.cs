using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>A column that deserves a look.</summary>
/// <param name="Column">Name of the feature or outcome, or "label".</param>
/// <param name="Condition">What is odd about it.</param>
public sealed record ColumnWarning(string Column, ColumnCondition Condition)
{
    /// <summary>
    /// The value furthest from the median, of an outlier; the number of names, of high cardinality (those that were counted, where they were
    /// too many to count); the share of rows, of what training had not seen; else null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }

    /// <summary>The first row with that value, of an outlier; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Row { get; init; }
}
