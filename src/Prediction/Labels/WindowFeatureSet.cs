using Noah.Prediction.Features;

namespace Noah.Prediction.Labels;

/// <summary>Features of members as of their snapshots, and how fresh each is.</summary>
/// <param name="Table">[members × features].</param>
/// <param name="Sources">One of each feature, in the table's order.</param>
public sealed record WindowFeatureSet(FeatureTable Table, IReadOnlyList<FeatureSource> Sources);
