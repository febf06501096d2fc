using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>The trained networks of a model: one for all responses, one for the value; either is null when the model has none.</summary>
internal sealed record Predictors(ResponseModel? Response, ValueModel? Value)
{
    public const string ResponseArtifact = "response";

    public static string ValueArtifact(string metric) => $"value:{metric}";

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
