using Noah.Prediction.Calibration;
using Noah.Prediction.Features;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Response;

/// <summary>From labelled rows to a <see cref="ResponseModel"/>: at first, and again from rows that come later.</summary>
internal static class ResponseTraining
{
    /// <summary>Trains on data of any source.</summary>
    public static ResponseModel Train(
        Func<Random, TrainingSet> split, ResponseOptions options, IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints,
        CancellationToken cancellation)
    {
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        var set = split(random);
        float[][] labels = set.Labels;
        int[] positives = [.. labels.Select(label => label.Count(y => y == 1f))];
        bool[] varies = [.. positives.Select(count => count > 0 && count < set.Rows)];
        double[] rates = [.. positives.Select(count => (count + 0.5) / (set.Rows + 1))];
        var loss = varies.Any(v => v) ? ResponseTargets.LossOf(varies, rates) : null;
        var (network, report, unseen) = NetworkFit.Run(
            set, labels.Length, rows => ResponseTargets.StartOf(set, rows, rates), loss, options, random, progress, checkpoints, cancellation);
        var calibrations = new MonotoneCalibration[labels.Length];
        for (int k = 0; k < labels.Length; k++)
        {
            calibrations[k] = varies[k]
                ? ResponseTargets.Calibration(ResponseScores.Raw(unseen, k, labels.Length), labels[k])
                : MonotoneCalibration.Constant(rates[k]);
        }
        var outcomes = options.Outcomes.Select((name, k) => new OutcomeSummary(name, set.Rows, positives[k], varies[k], calibrations[k].Kind));
        var oneClass = options.Outcomes.Where((_, k) => !varies[k]).Select(name => new ColumnWarning(name, ColumnCondition.OneClass));
        return new ResponseModel(network, calibrations, [.. outcomes], options, report with { Warnings = [.. report.Warnings, .. oneClass] });
    }

    /// <summary>Goes on with checked rows.</summary>
    public static ResponseModel Refresh(
        ResponseModel model, FeatureTable features, TrainingSet set, RefreshOptions options, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        float[][] labels = set.Labels;
        bool[] varies = [.. model.Outcomes.Select(outcome => outcome.Varies)];
        double[] rates = [.. model.Outcomes.Select(outcome => (outcome.Positives + 0.5) / (outcome.Rows + 1))];
        var (network, record, unseen) = ModelRefresh.Run(
            model.Network, features, set, varies.Any(v => v) ? ResponseTargets.LossOf(varies, rates) : null, options, progress, cancellation);
        OutcomeSummary[] outcomes =
        [
            .. model.Outcomes.Select((outcome, k) => outcome with
            {
                Rows = outcome.Rows + set.Rows,
                Positives = outcome.Positives + labels[k].Count(y => y == 1f),
            }),
        ];
        MonotoneCalibration[] calibrations =
        [
            .. outcomes.Select((outcome, k) => outcome.Varies
                ? LevelShift.Of(model.Calibrations[k], ResponseScores.Raw(unseen, k, outcomes.Length), labels[k])
                : MonotoneCalibration.Constant((outcome.Positives + 0.5) / (outcome.Rows + 1))),
        ];
        return new ResponseModel(
            network, calibrations, outcomes, model.Options, model.Training with { Refreshes = [.. model.Training.Refreshes, record] });
    }
}
