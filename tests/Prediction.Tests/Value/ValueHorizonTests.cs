using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Value;

public sealed class ValueHorizonTests
{
    private static readonly int[] Periods = [1, 3, 6];
    private static readonly Lazy<(FeatureTable Features, float[][] Amounts, float[][] Means)> Customers = new(() => Draw(8_000, 41));
    private static readonly Lazy<ValueModel> Model = new(() => ValueModel.Train(
        Customers.Value.Features, new int[8_000], Customers.Value.Amounts, new ValueOptions { Head = ValueHead.LognormalMixture, HorizonPeriods = Periods, Folds = 3 }));

    [Fact]
    public void PredictHorizons_OfAnyRow_NeverFalls()
    {
        var strangers = new FeatureTable([FeatureColumn.Numeric("rate", [.. Enumerable.Range(0, 500).Select(i => i / 10f - 25)]), FeatureColumn.Numeric("size", [.. Enumerable.Range(0, 500).Select(i => 20f - i / 12f)])]);
        foreach (var row in Model.Value.PredictHorizons(Customers.Value.Features, 0).Concat(Model.Value.PredictHorizons(strangers, 0)))
        {
            Assert.Equal(3, row.Length);
            for (int h = 0; h < 3; h++)
            {
                Assert.True(0 <= row[h].P10 && row[h].P10 <= row[h].P50 && row[h].P50 <= row[h].P90 && double.IsFinite(row[h].P90));
                Assert.InRange(row[h].PositiveProbability, 0, 1);
                Assert.True(h == 0 || (row[h].Mean >= row[h - 1].Mean && row[h].PositiveProbability >= row[h - 1].PositiveProbability));
                Assert.True(h == 0 || (row[h].P10 >= row[h - 1].P10 && row[h].P50 >= row[h - 1].P50 && row[h].P90 >= row[h - 1].P90));
            }
        }
    }

    [Fact]
    public void PredictHorizons_OnKnownTruth_OrdersAndMatchesTotalsAtEveryHorizon()
    {
        var (features, amounts, means) = Draw(8_000, 42);
        var predicted = Model.Value.PredictHorizons(features, 0);
        for (int h = 0; h < 3; h++)
        {
            float[] ofHorizon = [.. predicted.Select(row => (float)row[h].Mean)];
            float[] positive = [.. predicted.Select(row => (float)row[h].PositiveProbability)];
            var metrics = ValueMetrics.Compute(ofHorizon, positive, amounts[h]);
            double best = ValueMetrics.Compute(means[h], positive, amounts[h]).NormalizedGini!.Value;
            Assert.True(metrics.NormalizedGini > 0.95 * best, $"Horizon {h}: {metrics.NormalizedGini:F3} of {best:F3}.");
            Assert.InRange(metrics.MeanPredicted / metrics.MeanActual, 0.88, 1.12);
            Assert.True(metrics.Positive.ExpectedCalibrationError < 0.03);
        }
    }

    [Fact]
    public void Predict_IsTheLastHorizon()
    {
        var last = Model.Value.PredictHorizons(Customers.Value.Features, 0).Select(row => row[^1]);
        Assert.Equal(last, Model.Value.Predict(Customers.Value.Features, 0));
    }

    [Fact]
    public void LoadOfSave_PredictsTheSameBits()
    {
        using var file = new MemoryStream();
        Model.Value.Save(file);
        file.Position = 0;
        var loaded = ValueModel.Load(file);
        Assert.Equal(Model.Value.PredictHorizons(Customers.Value.Features, 0), loaded.PredictHorizons(Customers.Value.Features, 0));
    }

    [Fact]
    public void Train_WhereTheFirstHorizonHasNoAmount_PredictsZeroThere()
    {
        float[][] amounts = [new float[8_000], Customers.Value.Amounts[2]];
        var model = ValueModel.Train(Customers.Value.Features, new int[8_000], amounts, new ValueOptions { HorizonPeriods = [1, 2], Folds = 2, MaxEpochs = 3 });
        var predicted = model.PredictHorizons(Customers.Value.Features, 0);
        Assert.All(predicted, row => Assert.Equal(default, row[0]));
        Assert.InRange(predicted.Average(row => row[1].Mean) / amounts[1].Average(), 0.8, 1.2);
    }

    [Fact]
    public void Train_OfUnfitAmounts_Throws()
    {
        var (features, amounts, _) = Customers.Value;
        var two = new ValueOptions { HorizonPeriods = [1, 2] };
        Assert.Throws<ArgumentException>("amounts", () => ValueModel.Train(features, new int[8_000], amounts, two));
        Assert.Throws<ArgumentException>("amounts", () => ValueModel.Train(features, new int[8_000], [amounts[2], amounts[0]], two));
        Assert.Throws<ArgumentException>("amounts", () => ValueModel.Train(features, new int[8_000], [amounts[0], new float[3]], two));
        Assert.Throws<ArgumentException>("HorizonPeriods", () => ValueModel.Train(features, new int[8_000], amounts, new ValueOptions { HorizonPeriods = [2, 2, 3] }));
        Assert.Throws<ArgumentException>("Components", () => ValueModel.Train(features, new int[8_000], amounts[0], new ValueOptions { Components = 1 }));
    }

    [Fact]
    public void Mixture_OfSmallAndLargeBuyers_RanksAndSpreadsBetterThanOneLognormal()
    {
        var random = new Random(43);
        float[] x = [.. Enumerable.Range(0, 10_000).Select(_ => (float)SyntheticCampaign.Normal(random))];
        float[] amounts = [.. x.Select(v => (float)Math.Exp((random.NextDouble() < SyntheticCampaign.Sigmoid(2 * v) ? 5 : 1) + 0.4 * SyntheticCampaign.Normal(random)))];
        var table = new FeatureTable([FeatureColumn.Numeric("share of large", x)]);
        var mixture = ValueModel.Train(table, new int[10_000], amounts, new ValueOptions { Head = ValueHead.LognormalMixture, Components = 2, Folds = 2 });
        var middle = mixture.Predict(new FeatureTable([FeatureColumn.Numeric("share of large", [-0.8f, 0.8f])]), 0);
        // A fifth and four fifths of large buyers: the tenth and ninth decile lie in different components.
        Assert.All(middle, p => Assert.InRange(Math.Log(p.P10), 0.3, 1.2));
        Assert.All(middle, p => Assert.InRange(Math.Log(p.P90), 4.7, 5.8));
        Assert.InRange(Math.Log(middle[0].P50), 0.8, 1.6);
        Assert.InRange(Math.Log(middle[1].P50), 4.4, 5.2);
    }

    [Theory]
    [InlineData(ValueHead.Lognormal)]
    [InlineData(ValueHead.LognormalMixture)]
    public void Train_WithOneHugeAmount_StaysFinite(ValueHead head)
    {
        var (features, amounts, _) = Draw(1_000, 44);
        amounts[0][5] = 1e12f;
        var model = ValueModel.Train(features, new int[1_000], amounts[0], new ValueOptions { Head = head, Folds = 2, MaxEpochs = 5 });
        Assert.All(model.Predict(features, 0), p => Assert.True(double.IsFinite(p.Mean) && double.IsFinite(p.P90) && p.Mean >= 0));
    }

    [Fact]
    public void DiscountedValue_SpreadsEachIncrementOverItsPeriods()
    {
        ValuePrediction[] horizons = [new(0.5, 10, 0, 0, 0), new(0.6, 16, 0, 0, 0)];
        Assert.Equal(0.5 * (10 * 0.9 + 3 * 0.81 + 3 * 0.729), DiscountedValue.Of(horizons, [1, 3], 0.9, margin: 0.5), 1e-12);
        Assert.Equal(16, DiscountedValue.Of(horizons, [1, 3], 1), 1e-12);
        Assert.Throws<ArgumentException>("horizonPeriods", () => DiscountedValue.Of(horizons, [3, 3], 1));
        Assert.Throws<ArgumentOutOfRangeException>("discountPerPeriod", () => DiscountedValue.Of(horizons, [1, 3], 0));
    }

    /// <summary>Purchases at a rate that "rate" says, of an amount that "size" says: the expected amount grows with the number of periods.</summary>
    private static (FeatureTable Features, float[][] Amounts, float[][] Means) Draw(int rows, int seed)
    {
        var random = new Random(seed);
        float[] rate = new float[rows], size = new float[rows];
        float[][] amounts = [new float[rows], new float[rows], new float[rows]], means = [new float[rows], new float[rows], new float[rows]];
        for (int row = 0; row < rows; row++)
        {
            (rate[row], size[row]) = ((float)SyntheticCampaign.Normal(random), (float)SyntheticCampaign.Normal(random));
            double chance = SyntheticCampaign.Sigmoid(-2 + rate[row]), mu = 2 + 0.6 * size[row], sum = 0;
            for (int period = 1, h = 0; period <= Periods[^1]; period++)
            {
                sum += random.NextDouble() < chance ? Math.Exp(mu + 0.8 * SyntheticCampaign.Normal(random)) : 0;
                if (period == Periods[h])
                {
                    (amounts[h][row], means[h][row]) = ((float)sum, (float)(period * chance * Math.Exp(mu + 0.32)));
                    h++;
                }
            }
        }
        return (new FeatureTable([FeatureColumn.Numeric("rate", rate), FeatureColumn.Numeric("size", size)]), amounts, means);
    }
}
