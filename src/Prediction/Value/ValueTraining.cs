using Noah.Prediction.Features;
using Noah.Prediction.Losses;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;
using TorchSharp;

namespace Noah.Prediction.Value;

/// <summary>From amounts to a <see cref="ValueModel"/>: at first, and again from rows that come later.</summary>
internal static class ValueTraining
{
    private const string AmountName = "amount";

    // Beyond it exp(mu + sigma²/2) of a stray row outweighs all others.
    private const double MuPercentile = 0.999;

    /// <summary>Trains on data of any source.</summary>
    public static ValueModel Train(
        Func<Random, TrainingSet> split, ValueOptions options, IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints,
        CancellationToken cancellation)
    {
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        var set = split(random);
        float[] last = set.Labels[^1];
        var mixture = ValueTargets.MixtureOf(options);
        double[] logs = [.. last.Where(amount => amount > 0f).Select(amount => Math.Log(amount)).Order()];
        if (logs.Length == 0)
        {
            var (constant, noVariation, _) = NetworkFit.Run(
                set, mixture.Outputs, _ => [], null, options, random, progress, checkpoints, cancellation);
            var oneClass = new ColumnWarning(AmountName, ColumnCondition.OneClass);
            return new ValueModel(
                constant, ValueCalibration.Zero(set.Labels.Length), new AmountScale(0, 1), 0, options,
                noVariation with { Warnings = [.. noVariation.Warnings, oneClass] });
        }
        var start = new ValueStart(set, mixture);
        var scale = new AmountScale(logs[(int)(MuPercentile * (logs.Length - 1))], start.ConstantLoss());
        using Scalar factor = 1 / scale.LossUnit;
        var (network, report, unseen) = NetworkFit.Run(
            set, mixture.Outputs, start.Of, LossOf(mixture, factor), options, random, progress, checkpoints, cancellation);
        var read = new ValueScores(mixture, null, scale.MaxMu, set.ActionCount).Raw(unseen, out int[] judged);
        var odd = ColumnProfile.Of(new FeatureSpec(AmountName, FeatureKind.Numeric), 0);
        odd.Add(FeatureColumn.Numeric(AmountName, last));
        return new ValueModel(
            network, ValueCalibration.Fit(read, Of(set.Labels, judged)), scale, logs.Length, options,
            odd.Check() is { } warning ? report with { Warnings = [.. report.Warnings, warning] } : report);
    }

    /// <summary>Goes on with checked rows.</summary>
    public static ValueModel Refresh(
        ValueModel model, FeatureTable features, TrainingSet set, RefreshOptions options, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        var mixture = ValueTargets.MixtureOf(model.Options);
        using Scalar factor = 1 / model.Scale.LossUnit;
        var (network, record, unseen) = ModelRefresh.Run(
            model.Network, features, set, LossOf(mixture, factor), options, progress, cancellation);
        var read = new ValueScores(mixture, null, model.Scale.MaxMu, set.ActionCount).Raw(unseen, out int[] judged);
        return new ValueModel(
            network, model.Calibration.Moved(read, Of(set.Labels, judged)), model.Scale,
            model.Positives + set.Labels[^1].Count(amount => amount > 0f), model.Options,
            model.Training with { Refreshes = [.. model.Training.Refreshes, record] });
    }

    private static BatchLoss LossOf(LognormalMixture mixture, Scalar factor) => (outputs, labels) => mixture.Loss(outputs, labels).mul(factor);

    private static float[][] Of(float[][] amounts, int[] rows) => [.. amounts.Select(horizon => Array.ConvertAll(rows, row => horizon[row]))];
}
