using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>Rows ready to be trained on.</summary>
/// <param name="Encoder">Fitted to all of them.</param>
/// <param name="Source">Encoded by it.</param>
/// <param name="Digest">Of features, actions and labels.</param>
internal sealed record PreparedRows(FeatureEncoder Encoder, IEncodedSource Source, string Digest);
