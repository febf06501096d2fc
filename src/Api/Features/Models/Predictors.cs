using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>The trained networks of a model: one for all responses, one for the value; either is null when the model has none.</summary>
internal sealed record Predictors(ResponseModel? Response, ValueModel? Value)
{
    public const string ResponseArtifact = "response";

    public static string ValueArtifact(string metric) => $"value:{metric}";

    public static ResponseModel? TrainResponse(
        TrainingData data, ModelSpecification specification, IReadOnlyList<string> actions, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        specification.Responses.Count == 0
            ? null
            : ResponseModel.Train(
                data.Features,
                data.Arms,
                [.. specification.Responses.Select(name => data.Outcomes[name])],
                new ResponseOptions { Actions = actions, Outcomes = specification.Responses, Seed = (ulong)specification.Seed },
                progress,
                cancellation: cancellationToken);

    /// <param name="data">Rows to learn from.</param>
    /// <param name="specification">Names the metric.</param>
    /// <param name="actions">Arms, the control first.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <param name="folds">Networks that are averaged; null for the engine's default.</param>
    public static ValueModel? TrainValue(
        TrainingData data,
        ModelSpecification specification,
        IReadOnlyList<string> actions,
        IProgress<TrainingProgress> progress,
        CancellationToken cancellationToken,
        int? folds = null) =>
        specification.Value is not { } metric
            ? null
            : ValueModel.Train(
                data.Features,
                data.Arms,
                data.Outcomes[metric],
                new ValueOptions { Actions = actions, Seed = (ulong)specification.Seed, Folds = folds ?? new ValueOptions().Folds },
                progress,
                cancellation: cancellationToken);
}
