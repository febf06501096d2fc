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
        ? Array.ConvertAll(learner.Predict(TabularFeatures.Of(features)), increment => (double)increment)
        : [.. values[action].Select((with, row) => with.Mean - values[0][row].Mean)];

    /// <param name="rows">With the label of each response.</param>
    /// <param name="terms">Names of them, and the seed.</param>
    /// <param name="progress">Told after each epoch.</param>
    public static ResponseModel TrainResponse(EncodedRows rows, TrainerTerms terms, IProgress<TrainingProgress> progress) => ResponseModel.Train(
        rows,
        new ResponseOptions
        {
            Actions = terms.Actions,
            Outcomes = terms.Responses,
            Seed = (ulong)terms.Seed,
            Threads = terms.Threads,
            Networks = NetworksOf(rows),
        },
        progress);

    /// <param name="rows">With the amount.</param>
    /// <param name="terms">The seed.</param>
    /// <param name="progress">Told after each epoch.</param>
    public static ValueModel TrainValue(EncodedRows rows, TrainerTerms terms, IProgress<TrainingProgress> progress) =>
        ValueModel.Train(rows, OptionsOf(terms) with { Networks = NetworksOf(rows) }, progress);

    /// <param name="job">Rows to learn from.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="folds">Networks that are averaged.</param>
    public static ValueModel TrainValue(TrainerJob job, IProgress<TrainingProgress> progress, int folds) =>
        ValueModel.Train(job.Features, job.Arms, job.Outcomes[job.Terms.Value!], OptionsOf(job.Terms) with { Folds = folds }, progress);

    // Where rows are plenty, one network that learns from nearly all of them does as well as the mean of several.
    private static int? NetworksOf(EncodedRows rows) => rows.Rows > JobRows.MostInMemory ? 1 : null;

    private static ValueOptions OptionsOf(TrainerTerms terms) => new() { Actions = terms.Actions, Seed = (ulong)terms.Seed, Threads = terms.Threads };
}
