using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Lifetime;

namespace Noah.Api.Features.LifetimeValues.Trainer;

/// <summary>Learns lifetime value inside the trainer.</summary>
internal static class LifetimeLearning
{
    /// <summary>Kind of the task.</summary>
    public const string Kind = "lifetimeValues";

    public static void Run(string folder, TrainerStages stages)
    {
        var job = stages.Run("starting", _ => LifetimeJob.Read(folder));
        LifetimeResult.Write(folder, Learn(job, stages));
    }

    public static LifetimeFit Learn(LifetimeJob job, TrainerStages stages) => stages.Run("training", progress => LifetimeModel.Train(
        job.Training.Table, job.Training.Amounts, job.Judged.Table, job.Judged.Amounts, job.Terms.ToOptions(), progress));
}
