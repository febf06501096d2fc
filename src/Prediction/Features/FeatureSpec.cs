namespace Noah.Prediction.Features;

/// <summary>The name and kind of one feature.</summary>
/// <param name="Name">Unique within a table, compared ordinally.</param>
/// <param name="Kind">Numeric or categorical.</param>
public sealed record FeatureSpec(string Name, FeatureKind Kind);
