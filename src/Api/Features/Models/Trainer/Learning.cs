using Noah.Prediction.Value;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>All that is learnt from the training half: networks for responses and value, trees to measure them by, and how far the increments may be believed.</summary>
internal static class Learning
{
    public static TrainerResult Run(TrainerJob job, TrainerStages stages)
    {
        var response = stages.Run("training responses", progress => Predictors.TrainResponse(job, progress));
        var trees = stages.Run("growing trees", progress => ResponseTrees.Grow(job, progress));
        var value = stages.Run("training value", progress => Predictors.TrainValue(job, progress));
        UpliftChoice[] choices = [];
        if (value is not null)
        {
            var crossFitted = stages.Run("cross-checking increments", progress => CrossFitting.Predict(job, progress));
            choices = stages.Run("choosing uplift learners", progress => Choose(job, value, crossFitted, progress));
        }

        var uplift = choices.Index().Where(choice => choice.Item.Model is not null).ToDictionary(choice => choice.Index + 1, choice => choice.Item.Model!);
        return new TrainerResult(new Predictors(response, value, uplift), trees, [.. choices.Select(choice => choice.Increment)], stages.Seconds);
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
