using System.Globalization;
using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Uplift;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>What a version has learnt: a network for all responses, one for the value, either null when the model has none, and learners of increments.</summary>
/// <param name="Response">Probabilities of all outcomes.</param>
/// <param name="Value">Amounts.</param>
/// <param name="Uplift">By index of the action, where another learner than the value network was chosen.</param>
internal sealed record Predictors(ResponseModel? Response, ValueModel? Value, IReadOnlyDictionary<int, UpliftModel> Uplift)
{
    public const string ResponseArtifact = "response";
    public const string UpliftArtifacts = "uplift:";

    public static string ValueArtifact(string metric) => $"value:{metric}";

    public static string UpliftArtifact(int action) => string.Create(CultureInfo.InvariantCulture, $"{UpliftArtifacts}{action}");

    /// <summary>Predicted increment of each row by what was chosen for the action, not calibrated.</summary>
    public double[] Increments(int action, ValuePrediction[][] values, FeatureTable features) => Uplift.TryGetValue(action, out var learner)
        ? Array.ConvertAll(learner.Predict(features), increment => (double)increment)
        : [.. values[action].Select((with, row) => with.Mean - values[0][row].Mean)];

    public static ResponseModel? TrainResponse(TrainerJob job, IProgress<TrainingProgress> progress) => job.Terms.Responses.Count == 0
        ? null
        : ResponseModel.Train(
            job.Features,
            job.Arms,
            [.. job.Terms.Responses.Select(name => job.Outcomes[name])],
            new ResponseOptions { Actions = job.Actions, Outcomes = job.Terms.Responses, Seed = (ulong)job.Terms.Seed, Threads = job.Terms.Threads },
            progress);

    /// <param name="job">Rows to learn from, and the metric.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="folds">Networks that are averaged; null for the engine's default.</param>
    public static ValueModel? TrainValue(TrainerJob job, IProgress<TrainingProgress> progress, int? folds = null) => job.Terms.Value is not { } metric
        ? null
        : ValueModel.Train(
            job.Features,
            job.Arms,
            job.Outcomes[metric],
            new ValueOptions
            {
                Actions = job.Actions,
                Seed = (ulong)job.Terms.Seed,
                Threads = job.Terms.Threads,
                Folds = folds ?? new ValueOptions().Folds,
            },
            progress);
}
