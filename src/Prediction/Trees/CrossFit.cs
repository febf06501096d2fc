using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>Models of repeated folds and, for every row, the mean prediction of those that have not seen it.</summary>
internal static class CrossFit
{
    public static (BoostedTrees[] Models, float[] Unseen) Run(
        FeatureTable features, float[] labels, TreeOptions options, int folds, int repeats, ulong seed, Action finished,
        CancellationToken cancellation)
    {
        var random = new Random((int)(seed ^ (seed >> 32)));
        var models = new List<BoostedTrees>();
        var unseen = new float[labels.Length];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            random.Shuffle(order);
            for (int fold = 0; fold < folds; fold++)
            {
                int start = (int)((long)order.Length * fold / folds), end = (int)((long)order.Length * (fold + 1) / folds);
                int[] held = order[start..end];
                var stopping = new StoppingPart(held, [.. order[..start], .. order[end..]]);
                var fit = BoostedTrees.Fit(
                    features, labels, null, options with { Seed = (ulong)random.NextInt64() }, stopping, null, cancellation);
                models.Add(fit.Model!);
                float[] predicted = fit.Model!.Predict(features.Select(held));
                for (int i = 0; i < held.Length; i++)
                {
                    unseen[held[i]] += predicted[i] / repeats;
                }
                finished();
            }
        }
        return ([.. models], unseen);
    }

    public static float[] Mean(BoostedTrees[] models, FeatureTable table)
    {
        var sums = new double[table.Rows];
        foreach (var model in models)
        {
            float[] predicted = model.Predict(table);
            for (int row = 0; row < sums.Length; row++)
            {
                sums[row] += predicted[row];
            }
        }
        return [.. sums.Select(sum => (float)(sum / models.Length))];
    }
}
