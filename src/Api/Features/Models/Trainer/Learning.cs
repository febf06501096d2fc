using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Features;
using Noah.Prediction.Training;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>
/// All that is learnt from the training half: networks for responses and value from all rows, encoded as they are read; trees to measure them by,
/// and how far the increments may be believed, from as many as a table holds.
/// </summary>
internal static class Learning
{
    /// <summary>Kind of the task.</summary>
    public const string Kind = "models";

    public static void Run(string folder, TrainerStages stages)
    {
        var rows = stages.Run("starting", _ => JobRows.Open(folder));
        Run(rows, stages).Write(folder);
    }

    public static TrainerResult Run(JobRows rows, TrainerStages stages)
    {
        var terms = rows.Terms;
        var encoder = stages.Run("reading columns", progress => FitEncoder(rows, progress));
        var response = terms.Responses.Count == 0
            ? null
            : stages.Run("training responses", progress => Predictors.TrainResponse(Encode(rows, encoder, terms.Responses), terms, progress));
        var value = terms.Value is not { } metric
            ? null
            : stages.Run("training value", progress => Predictors.TrainValue(Encode(rows, encoder, [metric]), terms, progress));
        var job = stages.Run("drawing rows", _ => rows.Sample(JobRows.MostInMemory));
        var trees = stages.Run("growing trees", progress => ResponseTrees.Grow(job, progress));
        UpliftChoice[] choices = [];
        if (value is not null)
        {
            var crossFitted = stages.Run("cross-checking increments", progress => CrossFitting.Predict(job, progress));
            choices = stages.Run("choosing uplift learners", progress => Choose(job, value, crossFitted, progress));
        }

        var uplift = choices.Index().Where(choice => choice.Item.Model is not null).ToDictionary(choice => choice.Index + 1, choice => choice.Item.Model!);
        return new TrainerResult(new Predictors(response, value, uplift), trees, [.. choices.Select(choice => choice.Increment)], stages.Seconds);
    }

    private static FeatureEncoder FitEncoder(JobRows rows, StageProgress progress)
    {
        var builder = new FeatureEncoderBuilder();
        foreach (var batch in rows.Batches())
        {
            builder.Add(batch.Features);
            progress.Report(builder.Rows, rows.Rows, "rows");
        }

        return builder.Build();
    }

    private static EncodedRows Encode(JobRows rows, FeatureEncoder encoder, IReadOnlyList<string> outcomes)
    {
        var encoded = new EncodedRows(encoder, outcomes.Count);
        foreach (var batch in rows.Batches())
        {
            encoded.Add(batch.Features, batch.Arms, [.. outcomes.Select(name => batch.Outcomes[name])]);
        }

        return encoded;
    }

    private static UpliftChoice[] Choose(TrainerJob job, ValueModel value, double[][] crossFitted, StageProgress progress)
    {
        var choices = new UpliftChoice[job.Terms.Arms.Count - 1];
        for (var action = 1; action <= choices.Length; action++)
        {
            progress.Report(action - 1, choices.Length, "actions");
            choices[action - 1] = UpliftChoice.Of(action, job, value, crossFitted);
        }

        return choices;
    }
}
