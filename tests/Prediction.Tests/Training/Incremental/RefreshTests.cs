using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Tests.Training.Incremental;

public sealed class RefreshTests
{
    private static readonly ResponseOptions Options = new()
    {
        Actions = SyntheticCampaign.ActionNames,
        Folds = 2,
        MaxEpochs = 6,
        BatchSize = 128,
        LearningRate = 0.01,
        KeepCurvature = true,
        Device = ComputeDevice.Cpu,
    };

    private static readonly SyntheticCampaign Old = SyntheticCampaign.Create(2000, 71);

    // The same members, who now do the opposite.
    private static readonly SyntheticCampaign New = Turned(SyntheticCampaign.Create(800, 72));

    private static readonly Lazy<ResponseModel> First = new(() => ResponseModel.Train(Old.Features, Old.Actions, Old.Response, Options));

    [Fact]
    public void Refresh_LearnsTheNewRows_AndForgetsLessThanAWarmStart()
    {
        var plain = Refresh(First.Value, new RefreshOptions { Penalty = 0, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        var held = Refresh(First.Value, new RefreshOptions { Penalty = 50, BaseShare = 0.2, Epochs = 8, LearningRate = 0.01 });
        double before = Loss(First.Value, New), after = Loss(held, New);
        Assert.True(after < before, $"New rows: {before} before, {after} after.");
        double forgotten = Loss(held, Old) - Loss(First.Value, Old), byPlain = Loss(plain, Old) - Loss(First.Value, Old);
        Assert.True(forgotten < 0.7 * byPlain, $"Old rows: {forgotten} against {byPlain}.");
        var record = Assert.Single(held.Training.Refreshes);
        Assert.True(record.LossAfter < record.LossBefore);
        Assert.Equal(800, record.Rows);
        Assert.Equal(800, record.RowsPerAction.Sum());
        Assert.NotEqual(First.Value.Training.DataDigest, record.DataDigest);
        Assert.Equal(2800, held.Outcomes[0].Rows);
        Assert.Equal(Old.Response.Sum() + New.Response.Sum(), held.Outcomes[0].Positives);
    }

    [Fact]
    public void Refresh_UnderAHugePenalty_StaysWhereItWas()
    {
        var held = Refresh(First.Value, new RefreshOptions { Penalty = 1000, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        var plain = Refresh(First.Value, new RefreshOptions { Penalty = 0, BaseShare = 0, Epochs = 8, LearningRate = 0.01 });
        Assert.True(Distance(held) < 0.5 * Distance(plain), $"{Distance(held)} against {Distance(plain)}.");

        double Distance(ResponseModel model) =>
            model.Embed(Old.Features).Zip(First.Value.Embed(Old.Features), (a, b) => Math.Abs((double)a - b)).Average();
    }

    [Fact]
    public void Refresh_Twice_GivesTheSameBits_AndAnotherSeedOthers()
    {
        var options = new RefreshOptions { Seed = 5 };
        float[] once = Refresh(First.Value, options).Predict(Old.Features, 1);
        Assert.Equal(once, Refresh(First.Value, options).Predict(Old.Features, 1));
        Assert.NotEqual(once, Refresh(First.Value, options with { Seed = 6 }).Predict(Old.Features, 1));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void LoadOfSave_BeforeAndAfterARefresh_GoesOnToTheSameBits(bool keep, bool allParts)
    {
        var options = Options with { KeepCurvature = keep, MaxEpochs = 2 };
        options = allParts
            ? options with
            {
                CrossAttention = true,
                DenseGating = true,
                CalibrationFeatures = ["region"],
                EmbeddingOptimizer = EmbeddingOptimizer.RowWise,
                Encoder = new FeatureEncoderOptions { Vocabulary = VocabularyKind.QuotientRemainder, HashRows = 4 },
            }
            : options;
        var model = ResponseModel.Train(Old.Features, Old.Actions, Old.Response, options);
        for (int day = 0; day < 2; day++)
        {
            byte[] file = Bytes(model);
            var loaded = ResponseModel.Load(new MemoryStream(file));
            Assert.Equal(file, Bytes(loaded));
            var next = Refresh(model, new RefreshOptions());
            Assert.Equal(Bytes(next), Bytes(Refresh(loaded, new RefreshOptions())));
            Assert.Equal(day + 1, next.Training.Refreshes.Count);
            model = next;
        }
    }

    [Fact]
    public void Refresh_OfAFileOfSmallRows_GoesOnWithoutTheMemory()
    {
        using var file = new MemoryStream();
        First.Value.Save(file, Noah.Prediction.Artifacts.WeightPrecision.Int8Rows);
        file.Position = 0;
        Assert.True(double.IsFinite(Loss(Refresh(ResponseModel.Load(file), new RefreshOptions()), New)));
    }

    [Fact]
    public void Refresh_OfRowsWithNewNames_ReadsThemAsRare()
    {
        var columns = New.Features.Columns.ToArray();
        columns[2] = FeatureColumn.Categorical("region", [.. Enumerable.Range(0, 800).Select(row => $"new{row % 7}")]);
        var refreshed = First.Value.Refresh(new FeatureTable(columns), New.Actions, New.Response);
        Assert.Equal(First.Value.Encoder.VocabularySizes, refreshed.Encoder.VocabularySizes);
    }

    [Fact]
    public void Refresh_WithOtherFeaturesActionsOrOutcomes_SaysWhich()
    {
        FeatureTable without = new([New.Features.Columns[0], New.Features.Columns[1]]);
        FeatureTable with = new([.. New.Features.Columns, FeatureColumn.Numeric("age", new float[800])]);
        Assert.Contains("'region'", Refused(without, New.Actions, [New.Response]), StringComparison.Ordinal);
        Assert.Contains("'age'", Refused(with, New.Actions, [New.Response]), StringComparison.Ordinal);
        int[] actions = [.. New.Actions];
        actions[9] = 2;
        Assert.Contains("row 9", Refused(New.Features, actions, [New.Response]), StringComparison.Ordinal);
        Assert.Contains("2 outcomes", Refused(New.Features, New.Actions, [New.Response, New.Response]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Refresh(First.Value, new RefreshOptions { BaseShare = 1.5 }));

        static string Refused(FeatureTable features, int[] taken, float[][] labels) =>
            Assert.ThrowsAny<ArgumentException>(() => First.Value.Refresh(features, taken, labels)).Message;
    }

    [Fact]
    public void Refresh_OfAnOutcomeThatNeverVaried_KeepsOneRateForAll()
    {
        var never = ResponseModel.Train(Old.Features, Old.Actions, new float[2000], Options);
        var refreshed = never.Refresh(New.Features, New.Actions, New.Response);
        float rate = (float)((New.Response.Sum() + 0.5) / 2801);
        Assert.All(refreshed.Predict(New.Features, 0), p => Assert.Equal(rate, p, 5));
        Assert.Null(refreshed.Training.Refreshes[0].LossBefore);
    }

    [Fact]
    public void LevelShift_FollowsManyRowsAndHardlyFew()
    {
        var isotonic = new MonotoneCalibration(CalibrationKind.Isotonic, 1, [0.1, 0.5], [0.2, 0.4], true);
        foreach (var before in new[] { isotonic, new MonotoneCalibration(CalibrationKind.Level, 1.5, [], [], true) })
        {
            float[] scores = [.. Enumerable.Range(0, 200_000).Select(i => 0.05f + (0.6f * (i % 1000) / 1000))];
            float[] labels = [.. scores.Select((score, i) => (i * 7919L % 1000) / 1000.0 < 1.2 * before.Apply(score) ? 1f : 0f)];
            double total = labels.Sum(y => (double)y);
            var many = LevelShift.Of(before, scores, labels);
            // Odds move at the knots; the lines between them are off by a little.
            Assert.Equal(total, scores.Sum(score => many.Apply(score)), 0.02 * total);
            var few = LevelShift.Of(before, scores[..20], [.. Enumerable.Repeat(1f, 20)]);
            Assert.InRange(few.Apply(0.3) / before.Apply(0.3), 1.0, 1.15);
            Assert.Equal(before.Apply(0.3), LevelShift.Of(before, [float.NaN], [1f]).Apply(0.3), 1e-12);
        }
    }

    private static ResponseModel Refresh(ResponseModel model, RefreshOptions options) =>
        model.Refresh(New.Features, New.Actions, New.Response, options);

    private static double Loss(ResponseModel model, SyntheticCampaign campaign) =>
        BinaryMetrics.Compute(model.Predict(campaign.Features, campaign.Actions), campaign.Response).LogLoss;

    private static SyntheticCampaign Turned(SyntheticCampaign campaign) => campaign with
    {
        Features = new FeatureTable(
        [
            FeatureColumn.Numeric("engaged", [.. campaign.Features.Columns[0].Numbers.ToArray().Select(x => -x)]),
            campaign.Features.Columns[1],
            campaign.Features.Columns[2],
        ]),
    };

    private static byte[] Bytes(ResponseModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
