using Noah.Api.Features.Models.Trainer;
using Noah.Prediction.Uplift;

namespace Noah.Api.Features.Models;

/// <summary>Ways to tell who gains more from an action than others, from the simplest on.</summary>
internal static class UpliftLearners
{
    public const string Linear = "linear";
    public const string Trees = "trees";

    /// <summary>The difference of the value network's predictions under the action and without.</summary>
    public const string Network = "network";

    /// <summary>From the simplest on: a more involved one has to earn its place.</summary>
    public static readonly IReadOnlyList<string> BySimplicity = [Linear, Trees, Network];

    /// <summary>Learns on some rows; null where the data do not allow it (an arm below a hundred rows, or one outcome only).</summary>
    public static UpliftModel? Fit(string learner, TrainerJob job, ActionRows rows, int action) => UpliftModel.Train(
        TabularFeatures.Of(job.Features.Select(rows.Rows)),
        rows.Treated,
        rows.Outcomes,
        Array.ConvertAll(rows.Shares, share => (float)share),
        new UpliftOptions
        {
            Learner = UpliftLearner.DoublyRobust,
            Base = learner == Linear ? new LinearBaseLearner() : new TreeBaseLearner(),
            Seed = (ulong)job.Terms.Seed + (ulong)action,
        }).Model;

    /// <summary>In words, for cards.</summary>
    public static string Describe(string learner) => learner switch
    {
        Linear => "a doubly robust linear model",
        Trees => "doubly robust boosted trees",
        _ => "the value network",
    };

    /// <summary>Predicted increment of each of the rows by a model that has not seen it; null where a fold could not be learnt from.</summary>
    public static double[]? CrossFit(string learner, TrainerJob job, ActionRows rows, int action)
    {
        var predicted = new double[rows.Rows.Length];
        var folds = Enumerable.Range(0, predicted.Length).ToLookup(place => job.Folds[rows.Rows[place]]);
        for (var fold = 0; fold < TrainerJob.FoldCount; fold++)
        {
            int[] judged = [.. folds[fold]];
            if (Fit(learner, job, rows.Select([.. folds[1 - fold]]), action) is not { } model)
            {
                return null;
            }

            var effects = model.Predict(TabularFeatures.Of(job.Features.Select(Array.ConvertAll(judged, place => rows.Rows[place]))));
            for (var i = 0; i < judged.Length; i++)
            {
                predicted[judged[i]] = effects[i];
            }
        }

        return predicted;
    }
}
