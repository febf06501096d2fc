using Noah.Prediction.Calibration;
using Noah.Prediction.Features;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Value;

public sealed class ValueRefreshTests
{
    private static readonly ValueOptions Options = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 8,
        BatchSize = 128,
        LearningRate = 0.01,
        KeepCurvature = true,
        Device = ComputeDevice.Cpu,
    };

    private static readonly SyntheticCampaign Old = SyntheticCampaign.Create(3000, 81);

    // The same members, of whom those buy now who did not before.
    private static readonly SyntheticCampaign New = Turned(SyntheticCampaign.Create(1200, 82));

    private static readonly Lazy<ValueModel> First = new(() => ValueModel.Train(Old.Features, Old.Actions, Old.Amount, Options));

    [Fact]
    public void Refresh_LearnsTheNewRows_AndForgetsLessThanAWarmStart()
    {
        var plain = Refresh(First.Value, new RefreshOptions { Penalty = 0, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        var held = Refresh(First.Value, new RefreshOptions { Penalty = 60, BaseShare = 0.2, Epochs = 8, LearningRate = 0.01 });
        double before = Gini(First.Value, New), after = Gini(held, New);
        Assert.True(after > before + 0.05, $"New rows: {before} before, {after} after.");
        double forgotten = Gini(First.Value, Old) - Gini(held, Old), byPlain = Gini(First.Value, Old) - Gini(plain, Old);
        Assert.True(forgotten < 0.9 * byPlain, $"Old rows: {forgotten} against {byPlain}.");
        var record = Assert.Single(held.Training.Refreshes);
        Assert.True(record.LossAfter < record.LossBefore);
        Assert.Equal(1200, record.Rows);
        Assert.Equal(Old.Amount.Count(a => a > 0) + New.Amount.Count(a => a > 0), held.Positives);
    }

    [Fact]
    public void Refresh_UnderAHugePenalty_StaysWhereItWas()
    {
        var held = Refresh(First.Value, new RefreshOptions { Penalty = 1000, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        var plain = Refresh(First.Value, new RefreshOptions { Penalty = 0, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        Assert.True(Distance(held) < 0.5 * Distance(plain), $"{Distance(held)} against {Distance(plain)}.");

        double Distance(ValueModel model) =>
            model.Predict(Old.Features, 1).Zip(First.Value.Predict(Old.Features, 1), (a, b) => Math.Abs(Math.Log(a.Mean / b.Mean))).Average();
    }

    [Theory]
    [InlineData(ValueHead.Lognormal, true)]
    [InlineData(ValueHead.LognormalMixture, false)]
    public void LoadOfSave_BeforeAndAfterARefresh_GoesOnToTheSameBits(ValueHead head, bool keep)
    {
        var options = Options with { Head = head, KeepCurvature = keep, MaxEpochs = 2, HorizonPeriods = [1, 4] };
        float[][] amounts = [Old.Amount, Later(Old)], more = [New.Amount, Later(New)];
        var model = ValueModel.Train(Old.Features, Old.Actions, amounts, options);
        for (int day = 0; day < 2; day++)
        {
            byte[] file = Bytes(model);
            var loaded = ValueModel.Load(new MemoryStream(file));
            Assert.Equal(file, Bytes(loaded));
            var next = model.Refresh(New.Features, New.Actions, more);
            Assert.Equal(Bytes(next), Bytes(loaded.Refresh(New.Features, New.Actions, more)));
            Assert.Equal(day + 1, next.Training.Refreshes.Count);
            Assert.All(next.PredictHorizons(New.Features, 1), row => Assert.True(row[0].Mean <= row[1].Mean && row[0].P90 <= row[1].P90));
            model = next;
        }
        Assert.NotEqual(Bytes(model), Bytes(model.Refresh(New.Features, New.Actions, more, new RefreshOptions { Seed = 9 })));
    }

    [Fact]
    public void Refresh_WithRowsThatBringTwice_MovesTheLevelOfTheMean()
    {
        float[] twice = [.. New.Amount.Select(amount => 2 * amount)];
        // Hardly any step: what moves is the calibration.
        var still = new RefreshOptions { LearningRate = 1e-9, Epochs = 1 };
        double Ratio(float[] amounts) => First.Value.Refresh(New.Features, New.Actions, amounts, still).Predict(Old.Features, 1)[0].Mean;
        Assert.InRange(Ratio(twice) / Ratio(New.Amount), 1.02, 1.5);
    }

    [Fact]
    public void LevelShiftOfAmounts_FollowsManyRowsAndHardlyFew()
    {
        var random = new Random(3);
        foreach (var before in new[]
        {
            new MonotoneCalibration(CalibrationKind.Isotonic, 1, [1, 5], [2, 4], false), new MonotoneCalibration(CalibrationKind.Level, 1.5, [], [], false),
        })
        {
            float[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(6 * random.NextDouble()))];
            float[] amounts = [.. scores.Select(score => (float)(random.NextDouble() < 0.1 ? 13 * before.Apply(score) : 0))];
            double total = amounts.Sum(y => (double)y);
            var many = LevelShift.OfAmounts(before, scores, amounts);
            Assert.Equal(total, scores.Sum(score => many.Apply(score)), 0.02 * total);
            Assert.InRange(many.Apply(3) / before.Apply(3), 1.2, 1.4);
            // One large amount among few rows is no level.
            var few = LevelShift.OfAmounts(before, scores[..20], [1000, .. new float[19]]);
            Assert.InRange(few.Apply(3) / before.Apply(3), 1.0, 1.02);
            Assert.Equal(before.Apply(3), LevelShift.OfAmounts(before, [], []).Apply(3), 1e-12);
        }
    }

    [Fact]
    public void Refresh_OfAHorizonThatNobodyHadBroughtAnythingIn_LearnsItsLevel()
    {
        var options = Options with { MaxEpochs = 2, HorizonPeriods = [1, 4] };
        // Nobody's first amount comes late at first, and some do later.
        var model = ValueModel.Train(Old.Features, Old.Actions, [Old.Amount, Old.Amount], options);
        var refreshed = model.Refresh(New.Features, New.Actions, [New.Amount, Later(New)]);
        ValuePrediction[] before = [.. model.PredictHorizons(New.Features, 1).Select(row => row[1])];
        ValuePrediction[] after = [.. refreshed.PredictHorizons(New.Features, 1).Select(row => row[1])];
        Assert.All(model.PredictHorizons(New.Features, 1), row => Assert.Equal(row[0].PositiveProbability, row[1].PositiveProbability, 1e-9));
        Assert.True(after.Average(p => p.PositiveProbability) > before.Average(p => p.PositiveProbability) + 0.01);
        Assert.True(after.Average(p => p.Mean) > before.Average(p => p.Mean));
    }

    [Fact]
    public void Refresh_OfWhatItCannotGoOnWith_SaysWhy()
    {
        FeatureTable without = new([New.Features.Columns[0], New.Features.Columns[1]]);
        Assert.Contains("'region'", Assert.ThrowsAny<ArgumentException>(() => First.Value.Refresh(without, New.Actions, New.Amount)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "2 horizons", Assert.ThrowsAny<ArgumentException>(() => First.Value.Refresh(New.Features, New.Actions, [New.Amount, New.Amount])).Message,
            StringComparison.Ordinal);
        float[] bad = [.. New.Amount];
        bad[7] = float.NaN;
        Assert.Contains("row 7", Assert.ThrowsAny<ArgumentException>(() => First.Value.Refresh(New.Features, New.Actions, bad)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Refresh(First.Value, new RefreshOptions { Epochs = 0 }));
        var nothing = ValueModel.Train(Old.Features, Old.Actions, new float[3000], Options);
        Assert.Throws<InvalidOperationException>(() => Refresh(nothing, new RefreshOptions()));
    }

    private static ValueModel Refresh(ValueModel model, RefreshOptions options) => model.Refresh(New.Features, New.Actions, New.Amount, options);

    private static double Gini(ValueModel model, SyntheticCampaign campaign) =>
        model.Evaluate(campaign.Features, campaign.Actions, campaign.Amount).NormalizedGini!.Value;

    /// <summary>Half as much more of who brought something, and a first amount of some others.</summary>
    private static float[] Later(SyntheticCampaign campaign) =>
        [.. campaign.Amount.Select((amount, row) => (amount * 1.5f) + (amount == 0 && row % 11 == 0 ? 20f : 0f))];

    private static SyntheticCampaign Turned(SyntheticCampaign campaign) => campaign with
    {
        Features = new FeatureTable(
        [
            FeatureColumn.Numeric("engaged", [.. campaign.Features.Columns[0].Numbers.ToArray().Select(x => -x)]),
            campaign.Features.Columns[1],
            campaign.Features.Columns[2],
        ]),
    };

    private static byte[] Bytes(ValueModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
