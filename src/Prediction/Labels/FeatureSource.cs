namespace Noah.Prediction.Labels;

/// <summary>How fresh a feature is in every row: the proof that it was known at the snapshot.</summary>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Latest">
/// [rows] time of the latest event that the value was computed from; null where it was computed from none. Features of the same events share
/// one array.
/// </param>
public sealed record FeatureSource(string Feature, IReadOnlyList<DateTimeOffset?> Latest);
