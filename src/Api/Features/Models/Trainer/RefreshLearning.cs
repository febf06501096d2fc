using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Response;
using Noah.Prediction.Training.Incremental;
using Noah.Prediction.Trees;
using Noah.Prediction.Uplift;

namespace Noah.Api.Features.Models.Trainer;

/// <summary>Goes on with a response network inside the trainer: <c>base</c> is the network of the version in use, the job's rows are those that came since.</summary>
internal static class RefreshLearning
{
    /// <summary>Kind of the task.</summary>
    public const string Kind = "models.refresh";

    private const string BaseName = "base";

    /// <summary>Leaves the network to go on with beside the rows.</summary>
    /// <returns>Its digest, for <see cref="Run"/>.</returns>
    public static void WriteBase(string folder, ResponseModel model) => TrainerFile.Write(folder, BaseName + ".json", TrainerFile.Save(folder, BaseName, model.Save));

    public static void Run(string folder, TrainerStages stages)
    {
        var (job, model) = stages.Run(
            "starting",
            _ => (JobRows.Open(folder).Sample(JobRows.MostInMemory), TrainerFile.Load(folder, BaseName, TrainerFile.Read<string>(folder, BaseName + ".json"), ResponseModel.Load)));
        var refreshed = stages.Run("refreshing responses", progress => model.Refresh(
            job.Features,
            job.Arms,
            [.. job.Terms.Responses.Select(name => job.Outcomes[name])],
            // Another seed each time: what is drawn for one refresh says nothing about the next.
            new RefreshOptions { Seed = (ulong)job.Terms.Seed + (ulong)model.Training.Refreshes.Count },
            progress));
        new TrainerResult(
            new Predictors(refreshed, null, new Dictionary<int, UpliftModel>()), new Dictionary<string, BoostedTrees>(), [], stages.Seconds).Write(folder);
    }
}
