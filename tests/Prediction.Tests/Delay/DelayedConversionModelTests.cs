using Noah.Prediction.Delay;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Delay;

public sealed class DelayedConversionModelTests
{
    private static readonly DelayOptions Options = new() { Folds = 2, MaxEpochs = 15 };
    private static readonly Lazy<(Clicks Young, DelayedConversionModel Model)> Trained = new(() =>
    {
        var young = Clicks.Draw(20_000, 0, 20, 51);
        return (young, DelayedConversionModel.Train(young.Features, young.Actions, young.Ages, young.Seen, Options));
    });

    [Fact]
    public void Predict_LearntFromRowsTooYoungToTell_MatchesWhatBecomesOfOthers()
    {
        var (young, model) = Trained.Value;
        var grown = Clicks.Draw(20_000, 0, 20, 52);
        var metrics = BinaryMetrics.Compute(model.Predict(grown.Features, 0), grown.Outcomes);
        double naive = young.Seen.Count(delay => !double.IsNaN(delay)) / 20_000.0;
        Assert.True(naive < 0.85 * metrics.BaseRate, "The planted delay hides too little.");
        Assert.InRange(metrics.MeanPredicted / metrics.BaseRate, 0.94, 1.06);
        Assert.True(metrics.ExpectedCalibrationError < 0.03, $"Calibration error {metrics.ExpectedCalibrationError:F3}.");
        double best = BinaryMetrics.Compute(grown.Truth, grown.Outcomes).Auc!.Value;
        Assert.True(metrics.Auc > best - 0.02, $"AUC {metrics.Auc:F3} of {best:F3}.");
    }

    [Fact]
    public void ExpectedConversions_OfRowsUnderWay_SumToWhatBecomesOfThem()
    {
        var (young, model) = Trained.Value;
        float[] expected = model.ExpectedConversions(young.Features, young.Actions, young.Ages, young.Seen);
        Assert.InRange(expected.Average() / young.Outcomes.Average(), 0.95, 1.05);
        Assert.All(Enumerable.Range(0, expected.Length), row => Assert.True(double.IsNaN(young.Seen[row]) ? expected[row] is >= 0f and < 1f : expected[row] == 1f));
    }

    [Fact]
    public void ExpectedConversions_WithoutAConversion_FallWithAgeToZero()
    {
        var (young, model) = Trained.Value;
        var member = young.Features.Select([7]);
        double before = model.Predict(member, 0)[0];
        foreach (double age in new[] { 0, 0.1, 1, 5, 20, 29 })
        {
            double now = model.ExpectedConversions(member, [0], [age], [double.NaN])[0];
            Assert.True(now <= before && now > 0);
            before = now;
        }
        Assert.Equal(0f, model.ExpectedConversions(member, [0], [30.0], [double.NaN])[0]);
    }

    [Fact]
    public void LoadOfSave_PredictsTheSameBits()
    {
        var (young, model) = Trained.Value;
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        var loaded = DelayedConversionModel.Load(file);
        Assert.Equal(model.Predict(young.Features, 0), loaded.Predict(young.Features, 0));
        Assert.Equal(model.BucketEnds, loaded.BucketEnds);
    }

    [Fact]
    public void Train_WithoutAnyConversion_PredictsZero()
    {
        var clicks = Clicks.Draw(100, 0, 20, 53);
        var model = DelayedConversionModel.Train(clicks.Features, clicks.Actions, clicks.Ages, [.. Enumerable.Repeat(double.NaN, 100)], Options);
        Assert.Equal(0, model.Conversions);
        Assert.All(model.Predict(clicks.Features, 0), p => Assert.Equal(0f, p));
    }

    [Fact]
    public void Train_OfImpossibleTimes_Throws()
    {
        var clicks = Clicks.Draw(100, 0, 20, 54);
        double[] none = [.. Enumerable.Repeat(double.NaN, 100)], late = [.. none], negative = [.. clicks.Ages];
        late[3] = clicks.Ages[3] + 1;
        negative[3] = -1;
        Assert.Throws<ArgumentOutOfRangeException>("delays", () => DelayedConversionModel.Train(clicks.Features, clicks.Actions, clicks.Ages, late, Options));
        Assert.Throws<ArgumentOutOfRangeException>("ages", () => DelayedConversionModel.Train(clicks.Features, clicks.Actions, negative, none, Options));
        Assert.Throws<ArgumentException>("delays", () => DelayedConversionModel.Train(clicks.Features, clicks.Actions, clicks.Ages, none[1..], Options));
        Assert.Throws<ArgumentException>("Window", () => DelayedConversionModel.Train(clicks.Features, clicks.Actions, clicks.Ages, none, Options with { Window = 0 }));
    }

    [Fact]
    public void Backtest_WhereDelayHidesConversions_ChoosesTheCorrection()
    {
        var log = Clicks.Draw(20_000, 0, 60, 55);
        var result = DelayBacktest.Run(log.Features, log.Actions, log.Ages, log.Seen, 15, 14, Options);
        Assert.Equal((DelayBacktestStatus.Compared, DelayCorrection.Hazard), (result.Status, result.Choice));
        Assert.True(result.Corrected!.LogLoss < result.Uncorrected!.LogLoss);
        Assert.Equal(result.Uncorrected.LogLoss - result.Corrected.LogLoss, result.LogLossGain!.Value, 1e-6);
    }

    [Fact]
    public void Backtest_WhereConversionsComeAtOnce_CorrectsNothing()
    {
        var log = Clicks.Draw(20_000, 0, 60, 56);
        double[] atOnce = [.. log.Seen.Select(delay => double.IsNaN(delay) ? double.NaN : 0)];
        var result = DelayBacktest.Run(log.Features, log.Actions, log.Ages, atOnce, 15, 14, Options);
        Assert.Equal((DelayBacktestStatus.Compared, DelayCorrection.None), (result.Status, result.Choice));
    }

    [Fact]
    public void Backtest_WithTooLittleToTell_SaysSoAndCorrectsNothing()
    {
        var log = Clicks.Draw(2_000, 0, 40, 57);
        var result = DelayBacktest.Run(log.Features, log.Actions, log.Ages, log.Seen, 15, 14, Options);
        Assert.Equal((DelayBacktestStatus.LogTooShort, DelayCorrection.None), (result.Status, result.Choice));
        Assert.Null(result.LogLossGain);
        var older = Clicks.Draw(400, 0, 60, 58);
        var few = DelayBacktest.Run(older.Features, older.Actions, older.Ages, older.Seen, 15, 14, Options);
        Assert.Equal((DelayBacktestStatus.TooFewConversions, DelayCorrection.None), (few.Status, few.Choice));
    }

    /// <summary>Clicks whose conversion is the likelier and the slower the larger "x"; half of the delays are beyond e^x days.</summary>
    private sealed record Clicks(FeatureTable Features, int[] Actions, double[] Ages, double[] Seen, float[] Outcomes, float[] Truth)
    {
        public static Clicks Draw(int rows, double youngest, double oldest, int seed)
        {
            var random = new Random(seed);
            float[] x = new float[rows], outcomes = new float[rows], truth = new float[rows];
            double[] ages = new double[rows], seen = new double[rows];
            for (int row = 0; row < rows; row++)
            {
                x[row] = (float)SyntheticCampaign.Normal(random);
                ages[row] = youngest + (oldest - youngest) * random.NextDouble();
                double probability = SyntheticCampaign.Sigmoid(-0.5 + x[row]), logDelay = 1 + x[row] + 1.5 * SyntheticCampaign.Normal(random);
                bool converts = random.NextDouble() < probability && logDelay <= Math.Log(30);
                outcomes[row] = converts ? 1f : 0f;
                truth[row] = (float)(probability * Noah.Prediction.Losses.NormalDistribution.Cumulative((Math.Log(30) - 1 - x[row]) / 1.5));
                seen[row] = converts && Math.Exp(logDelay) <= ages[row] ? Math.Exp(logDelay) : double.NaN;
            }
            var table = new FeatureTable([FeatureColumn.Numeric("x", x)]);
            return new Clicks(table, new int[rows], ages, seen, outcomes, truth);
        }
    }
}
