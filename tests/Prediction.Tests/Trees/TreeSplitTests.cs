using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

/// <summary>One tree of one split against every division there is.</summary>
public sealed class TreeSplitTests
{
    private static readonly TreeOptions Stump = new()
    {
        Loss = TreeLoss.Squared,
        MaxRounds = 1,
        LearningRate = 1,
        MaxLeaves = 2,
        MinLeafRows = 1,
        L2 = 0,
        NameSmoothing = 0,
        NameChance = 0,
        MinNameCount = 1,
        ValidationShare = 0,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Train_OfOneSplitOnNumbersWithGaps_LeavesTheLeastSquaresOfAllDivisions(int seed)
    {
        var random = new Random(seed);
        float[] first = Draw(random, 24, 0.2), second = Draw(random, 24, 0.3);
        float[] labels = [.. first.Select((x, i) => (float)((x > 4 ? 3 : 0) + (float.IsNaN(second[i]) ? 2 : 0) + random.NextDouble()))];
        var table = new FeatureTable([FeatureColumn.Numeric("first", first), FeatureColumn.Numeric("second", second)]);
        double least = new[] { first, second }.Min(values => Divisions(values).Min(left => Squares(labels, left)));
        Assert.Equal(least, SquaresOf(table, labels), 4);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Train_OfOneSplitOnNames_LeavesTheLeastSquaresOfAllSubsets(int seed)
    {
        var random = new Random(seed);
        string[] names = ["a", "b", "c", "d", "e", "f"];
        string?[] values = [.. Enumerable.Range(0, 30).Select(i => i < 6 ? names[i] : i == 6 ? null : names[random.Next(6)])];
        float[] labels = [.. values.Select(value => (float)((value is "b" or "e" ? 1.5 : 0) + 2 * random.NextDouble()))];
        double least = Enumerable.Range(0, 128)
            .Select(subset => Array.ConvertAll(values, value => (subset >> (value is null ? 6 : value[0] - 'a') & 1) == 1))
            .Min(left => Squares(labels, left));
        Assert.Equal(least, SquaresOf(new FeatureTable([FeatureColumn.Categorical("name", values)]), labels), 4);
    }

    [Fact]
    public void Train_OfLeavesByGain_GrowsTheTreeOfRepeatedExhaustiveSearch()
    {
        var random = new Random(8);
        float[] first = Draw(random, 40, 0), second = Draw(random, 40, 0);
        float[] labels = [.. first.Select((x, i) => (float)(x * (second[i] > 5 ? 1 : -1) + random.NextDouble()))];
        var table = new FeatureTable([FeatureColumn.Numeric("first", first), FeatureColumn.Numeric("second", second)]);
        var groups = new List<int[]> { Enumerable.Range(0, 40).ToArray() };
        while (groups.Count < 5)
        {
            var (group, left) = (
                from candidate in groups
                from values in new[] { first, second }
                from threshold in candidate.Select(row => values[row])
                let side = candidate.Where(row => values[row] <= threshold).ToArray()
                where side.Length < candidate.Length
                orderby Spread(labels, candidate) - Spread(labels, side) - Spread(labels, [.. candidate.Except(side)]) descending
                select (candidate, side)).First();
            groups.Remove(group);
            groups.AddRange([left, [.. group.Except(left)]]);
        }
        float[] predicted = BoostedTrees.Train(table, labels, null, Stump with { MaxLeaves = 5, MaxDepth = 64 }).Model!.Predict(table);
        Assert.All(groups, group => Assert.All(group, row => Assert.Equal(group.Average(i => labels[i]), predicted[row], 4)));
    }

    [Fact]
    public void Predict_OfMissingOrUnseen_FollowsWhatTrainingSaw()
    {
        // Missing behaves as the high values do; where no row was missing, it follows the larger side.
        float[] withGaps = [.. Enumerable.Range(0, 100).Select(i => i % 4 == 3 ? float.NaN : i % 4)];
        float[] labels = [.. withGaps.Select(x => float.IsNaN(x) || x >= 2 ? 1f : 0f)];
        var model = BoostedTrees.Train(new FeatureTable([FeatureColumn.Numeric("x", withGaps)]), labels, null, Stump).Model!;
        Assert.Equal([0f, 1f, 1f], model.Predict(new FeatureTable([FeatureColumn.Numeric("x", [1, 2, float.NaN])])));

        string[] names = [.. Enumerable.Range(0, 100).Select(i => i < 70 ? "common" : "other")];
        labels = [.. names.Select(name => name == "common" ? 3f : 5f)];
        model = BoostedTrees.Train(new FeatureTable([FeatureColumn.Categorical("n", names)]), labels, null, Stump).Model!;
        Assert.Equal([3f, 5f, 3f, 3f], model.Predict(new FeatureTable([FeatureColumn.Categorical("n", ["common", "other", "never seen", null])])));
    }

    private static float[] Draw(Random random, int rows, double missing) =>
        [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < missing ? float.NaN : (float)(10 * random.NextDouble()))];

    private static double SquaresOf(FeatureTable table, float[] labels)
    {
        float[] predicted = BoostedTrees.Train(table, labels, null, Stump).Model!.Predict(table);
        return labels.Zip(predicted, (y, p) => ((double)y - p) * ((double)y - p)).Sum();
    }

    /// <summary>Every threshold with the missing on either side.</summary>
    private static IEnumerable<bool[]> Divisions(float[] values) =>
        from threshold in values.Where(value => !float.IsNaN(value))
        from missingLeft in new[] { false, true }
        select Array.ConvertAll(values, value => float.IsNaN(value) ? missingLeft : value <= threshold);

    private static double Squares(float[] labels, bool[] left) =>
        Spread(labels, [.. Enumerable.Range(0, labels.Length).Where(i => left[i])])
        + Spread(labels, [.. Enumerable.Range(0, labels.Length).Where(i => !left[i])]);

    private static double Spread(float[] labels, int[] rows)
    {
        double mean = rows.Length == 0 ? 0 : rows.Average(row => labels[row]);
        return rows.Sum(row => (labels[row] - mean) * (labels[row] - mean));
    }
}
