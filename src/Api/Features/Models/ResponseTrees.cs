using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Training.Contracts;
using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Api.Features.Models;

/// <summary>Gradient-boosted trees for each yes-or-no outcome, on the same members and features with the action as one more: the yardstick that networks have to hold against.</summary>
internal static class ResponseTrees
{
    // No attribute may be called so.
    private const string ActionFeature = "(action)";

    /// <returns>By outcome; outcomes that never vary are left out.</returns>
    public static IReadOnlyDictionary<string, BoostedTrees> Grow(TrainerJob job, StageProgress progress)
    {
        var trees = new Dictionary<string, BoostedTrees>(StringComparer.Ordinal);
        var table = WithAction(job.Features, job.Arms, job.Actions);
        foreach (var (index, outcome) in job.Terms.Responses.Index())
        {
            progress.Report(index, job.Terms.Responses.Count, "outcomes");
            if (BoostedTrees.Train(table, job.Outcomes[outcome], options: new TreeOptions { Seed = (ulong)job.Terms.Seed }) is { Model: { } model, Status: not TreeStatus.OneLabel })
            {
                trees[outcome] = model;
            }
        }

        return trees;
    }

    public static float[] Predict(BoostedTrees trees, FeatureTable features, int[] arms, IReadOnlyList<string> actions) => trees.Predict(WithAction(features, arms, actions));

    private static FeatureTable WithAction(FeatureTable features, int[] arms, IReadOnlyList<string> actions) =>
        new([.. TabularFeatures.Of(features).Columns, FeatureColumn.Categorical(ActionFeature, Array.ConvertAll(arms, arm => actions[arm]))]);
}
