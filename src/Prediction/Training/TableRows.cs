using Noah.Prediction.Features;

namespace Noah.Prediction.Training;

/// <summary>Rows in a table.</summary>
internal sealed record TableRows(FeatureTable Features) : ITrainingRows
{
    public int Rows => Features.Rows;

    public PreparedRows Prepare(TrainingOptions options, TrainingSet set)
    {
        var encoder = FeatureEncoder.Fit(Features, options.Encoder);
        return new PreparedRows(encoder, encoder.Transform(Features), DataDigest.Compute(Features, set.Actions, set.Labels));
    }
}
