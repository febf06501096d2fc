using Noah.Experimentation.Assignment;
using Noah.Prediction.Training;

namespace Noah.Api.Features.Models;

/// <summary>Predicts the value of every training member under every action by a model that was trained on the other fold.</summary>
internal static class CrossFitting
{
    private const int Folds = 2;

    // Fewer than a final model averages: here it halves the time, and a slightly noisier prediction only understates the slope.
    private const int Networks = 3;

    private static readonly double[] Weights = [1, 1];

    public static double[][] Predict(
        TrainingData data,
        ModelSpecification specification,
        IReadOnlyList<string> actions,
        string salt,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken)
    {
        double[][] predicted = [.. actions.Select(_ => new double[data.Count])];
        var folds = Enumerable.Range(0, data.Count).ToLookup(row => SaltedHash.Bucket(data.MemberIds[row], $"{salt}/folds", Weights));
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] judged = [.. folds[fold]];
            var model = Predictors.TrainValue(
                data.Select([.. folds[1 - fold]]), specification, actions, new Shifted(progress, fold), cancellationToken, Networks)!;
            var features = data.Features.Select(judged);
            for (var action = 0; action < actions.Count; action++)
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
            progress.Report(value with { Fold = (fold * value.Folds) + value.Fold, Folds = Folds * value.Folds });
    }
}
