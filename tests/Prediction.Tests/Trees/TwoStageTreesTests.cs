using Noah.Prediction.Features;
using Noah.Prediction.Trees;

namespace Noah.Prediction.Tests.Trees;

public sealed class TwoStageTreesTests
{
    private static readonly TwoStageOptions Quick = new()
    {
        Folds = 3,
        Repeats = 1,
        Response = new TreeOptions { LearningRate = 0.2, MaxRounds = 60, MaxDepth = 2, Patience = 5 },
        Amount = new TreeOptions { Loss = TreeLoss.Gamma, LearningRate = 0.2, MaxRounds = 60, MaxDepth = 2, Patience = 5 },
    };

    [Fact]
    public void Predict_AfterSamplingByOutcome_GivesThePopulationsRatesAndAmounts()
    {
        // Population: rate 0.02 or 0.08 and mean gift 10 or 30 by two features; training takes all donors and as many others.
        var (table, amounts, first, second) = Population(60_000, 1);
        int[] donors = [.. Enumerable.Range(0, amounts.Length).Where(row => amounts[row] > 0)];
        int[] others = [.. Enumerable.Range(0, amounts.Length).Where(row => amounts[row] == 0).Take(donors.Length)];
        int[] sample = [.. donors, .. others];
        var options = Quick with { PopulationRate = donors.Length / (double)amounts.Length };
        var fit = TwoStageTrees.Train(table.Select(sample), [.. sample.Select(row => amounts[row])], options);
        Assert.Equal(TwoStageStatus.Trained, fit.Status);
        var predicted = fit.Model!.Predict(table);
        foreach (bool high in new[] { false, true })
        {
            Assert.Equal(high ? 0.08 : 0.02, predicted.Where((_, row) => first[row] > 0 == high).Average(row => row.Probability), high ? 0.008 : 0.004);
            Assert.Equal(high ? 30 : 10, predicted.Where((_, row) => second[row] > 0 == high).Average(row => row.Amount), high ? 2 : 0.8);
        }
        Assert.Equal(amounts.Average(), predicted.Average(row => row.Mean), 0.08);
    }

    [Fact]
    public void Train_Twice_GivesTheSameBits()
    {
        var (table, amounts, _, _) = Population(4000, 2);
        Assert.Equal(
            TwoStageTrees.Train(table, amounts, Quick).Model!.Predict(table), TwoStageTrees.Train(table, amounts, Quick).Model!.Predict(table));
    }

    [Fact]
    public void LoadOfSave_PredictsTheSameBitsAndSavesTheSameBytes()
    {
        var (table, amounts, _, _) = Population(2000, 5);
        var model = TwoStageTrees.Train(table, amounts, Quick with { Repeats = 2, PopulationRate = 0.02 }).Model!;
        byte[] file = Bytes(model);
        var loaded = TwoStageTrees.Load(new MemoryStream(file));
        Assert.Equal(model.Predict(table), loaded.Predict(table));
        Assert.Equal(file, Bytes(loaded));
        Assert.Equal(model.Options, loaded.Options);
        Assert.Equal(table.Schema, loaded.Schema);
        Assert.Equal(model.DataDigest, loaded.DataDigest);
        for (int at = 0; at < file.Length; at += 997)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => TwoStageTrees.Load(new MemoryStream(damaged)));
        }
        Assert.Throws<InvalidDataException>(() => TwoStageTrees.Load(new MemoryStream(file[..^40])));
        var error = Assert.Throws<InvalidDataException>(() => BoostedTrees.Load(new MemoryStream(file)));
        Assert.Contains("holds a two-stage-trees model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OfTooFewDonors_SaysSo()
    {
        var (table, amounts, _, _) = Population(400, 3);
        var fit = TwoStageTrees.Train(table, amounts);
        Assert.Equal(TwoStageStatus.TooFewOfOneKind, fit.Status);
        Assert.Null(fit.Model);
        Assert.Equal(400, fit.Positives + fit.Zeros);
        amounts[3] = -1;
        Assert.Contains("row 3", Assert.Throws<ArgumentOutOfRangeException>(() => TwoStageTrees.Train(table, amounts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OfACalibrationLine_FindsThePlantedSlopeAndShift()
    {
        var random = new Random(4);
        float[] scores = [.. Enumerable.Range(0, 40_000).Select(_ => (float)SyntheticCampaign.Sigmoid(SyntheticCampaign.Normal(random)))];
        bool[] labels = [.. scores.Select(p => random.NextDouble() < SyntheticCampaign.Sigmoid(0.6 * Math.Log(p / (1 - p)) - 0.5))];
        var line = LogOddsLine.Fit(scores, labels);
        Assert.Equal(0.6, line.Slope, 0.05);
        Assert.Equal(-0.5, line.Shift, 0.05);
        // Scores that say nothing all get the rate.
        var flat = LogOddsLine.Fit([.. Enumerable.Repeat(0.3f, labels.Length)], labels);
        Assert.Equal(labels.Count(label => label) / (double)labels.Length, flat.Apply(0.3, 1), 0.001);
    }

    private static byte[] Bytes(TwoStageTrees model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static (FeatureTable Table, float[] Amounts, float[] First, float[] Second) Population(int rows, int seed)
    {
        var random = new Random(seed);
        float[] Column() => [.. Enumerable.Range(0, rows).Select(_ => (float)SyntheticCampaign.Normal(random))];
        float[] first = Column(), second = Column();
        float[] amounts =
        [
            .. first.Zip(second, (a, b) => random.NextDouble() < (a > 0 ? 0.08 : 0.02)
                ? (float)((b > 0 ? 30 : 10) * Math.Exp(0.5 * SyntheticCampaign.Normal(random) - 0.125))
                : 0f),
        ];
        return (new FeatureTable([FeatureColumn.Numeric("first", first), FeatureColumn.Numeric("second", second)]), amounts, first, second);
    }
}
