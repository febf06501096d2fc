using System.Text.Json.Serialization;

namespace Noah.Prediction.Features;

/// <summary>The fitted rules of an encoder as they are stored; what came after the first two kinds is left out where there is none.</summary>
internal sealed record EncoderRules(IReadOnlyList<FeatureSpec> Schema, NumericEncoding[] Numeric, CategoricalEncoding[] Categorical)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CyclicEncoding[]? Cyclic { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BagEncoding[]? MultiValued { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ColumnWarning[]? Warnings { get; init; }

    [JsonIgnore]
    public bool IsWhole =>
        Schema is not null && Numeric is not null && Categorical is not null
        && Schema.Count == Numeric.Length + Categorical.Length + (Cyclic?.Length ?? 0) + (MultiValued?.Length ?? 0);

    /// <summary>The array, or null where it is empty.</summary>
    public static T[]? OrNone<T>(T[] values) => values.Length > 0 ? values : null;
}
