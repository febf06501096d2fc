using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Training;

namespace Noah.Api.Features.Models;

/// <summary>Predicts the value of every training member under every action by a model that was trained on the other fold.</summary>
internal static class CrossFitting
{
    // Fewer than a final model averages: here it halves the time, and a slightly noisier prediction only understates the slope.
    private const int Networks = 3;

    /// <returns>[action][row].</returns>
    public static double[][] Predict(TrainerJob job, IProgress<TrainingProgress> progress)
    {
        double[][] predicted = [.. job.Actions.Select(_ => new double[job.Rows])];
        var folds = Enumerable.Range(0, job.Rows).ToLookup(row => job.Folds[row]);
        for (var fold = 0; fold < TrainerJob.FoldCount; fold++)
        {
            int[] judged = [.. folds[fold]];
            var model = Predictors.TrainValue(job.Select([.. folds[1 - fold]]), new Shifted(progress, fold), Networks);
            var features = job.Features.Select(judged);
            for (var action = 0; action < predicted.Length; action++)
            {
                var values = model.Predict(features, action);
                for (var row = 0; row < judged.Length; row++)
                {
                    predicted[action][judged[row]] = values[row].Mean;
                }
            }
        }

        return predicted;
    }

    /// <summary>Counts the second training behind the first.</summary>
    private sealed class Shifted(IProgress<TrainingProgress> progress, int fold) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            progress.Report(value with { Fold = (fold * value.Folds) + value.Fold, Folds = TrainerJob.FoldCount * value.Folds });
    }
}
