using Noah.Prediction.Features;

namespace Noah.Bench.Instances;

/// <summary>Members of a world whose truth is known.</summary>
/// <param name="Features">What the shop knows.</param>
/// <param name="Sent">True probability of buying a line when it is sent; [members × lines], row-major.</param>
/// <param name="Unsent">The same without the send.</param>
internal sealed record LineMembers(FeatureTable Features, double[] Sent, double[] Unsent);
