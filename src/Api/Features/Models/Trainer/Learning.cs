namespace Noah.Api.Features.Models.Trainer;

/// <summary>All that is learnt from the training half: networks for responses and value, and how far the increments they predict may be believed.</summary>
internal static class Learning
{
    public static TrainerResult Run(TrainerJob job, TrainerStages stages)
    {
        var response = stages.Run("training responses", progress => Predictors.TrainResponse(job, progress));
        var value = stages.Run("training value", progress => Predictors.TrainValue(job, progress));
        CardIncrement[] increments = value is null
            ? []
            : stages.Run("cross-checking increments", progress => IncrementEvidence.WeighAll(job, value, CrossFitting.Predict(job, progress)));
        return new TrainerResult(new Predictors(response, value), increments, stages.Seconds);
    }
}
