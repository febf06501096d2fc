using Noah.Prediction.Features;
using Noah.Prediction.Response;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Features;

/// <summary>Bad input: a warning that names the column, or an error that does; never a model that is no number.</summary>
public sealed class BadInputTests
{
    private static readonly ResponseOptions Quick = new() { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 6 };

    [Fact]
    public void Train_WithOddColumns_NamesThemAndStaysFinite()
    {
        var campaign = SyntheticCampaign.Create(600, 61);
        var table = new FeatureTable(
        [
            .. campaign.Features.Columns,
            FeatureColumn.Numeric("same", [.. Enumerable.Repeat(7f, 600)]),
            FeatureColumn.Numeric("none", [.. Enumerable.Repeat(float.NaN, 600)]),
            FeatureColumn.Categorical("name", [.. Enumerable.Repeat("x", 600)]),
            FeatureColumn.Categorical("id", [.. Enumerable.Range(0, 600).Select(i => $"{i}")]),
            FeatureColumn.MultiValued("bought", [.. Enumerable.Repeat(Array.Empty<string>(), 600)]),
            FeatureColumn.Numeric("huge", [.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? float.MaxValue : -float.MaxValue)]),
        ]);
        var model = ResponseModel.Train(table, campaign.Actions, campaign.Response, Quick);
        Assert.Equal(
            [
                new("same", ColumnCondition.Constant), new("none", ColumnCondition.Empty), new("name", ColumnCondition.Constant),
                new("id", ColumnCondition.HighCardinality) { Value = 600 }, new("bought", ColumnCondition.Constant),
            ],
            model.Training.Warnings);
        Assert.All(model.Predict(table, 1), p => Assert.InRange(p, 0f, 1f));
    }

    [Theory]
    [InlineData(1e12f)]
    [InlineData(-1e12f)]
    [InlineData(float.MaxValue)]
    public void Train_WithOneValueOutOfAllProportion_NamesItAndRanksAsWithout(float value)
    {
        var campaign = SyntheticCampaign.Create(4000, 62);
        float[] engaged = campaign.Features.Columns[0].Numbers.ToArray();
        // Mostly one value: the interquartile range is 0, and the deviation stands in for it.
        float[] rare = [.. engaged.Select(x => x > 1.3f ? x : 0)];
        (engaged[17], rare[17]) = (value, value);
        FeatureTable With(float[] first, float[] second) => new(
            [FeatureColumn.Numeric("engaged", first), FeatureColumn.Numeric("rare", second), .. campaign.Features.Columns.Skip(1)]);
        float[] clean = campaign.Features.Columns[0].Numbers.ToArray(), cleanRare = [.. clean.Select(x => x > 1.3f ? x : 0)];
        var model = ResponseModel.Train(With(engaged, rare), campaign.Actions, campaign.Response, Quick);
        var without = ResponseModel.Train(With(clean, cleanRare), campaign.Actions, campaign.Response, Quick);
        Assert.Equal(
            [new("engaged", ColumnCondition.Outlier) { Value = value, Row = 17 }, new("rare", ColumnCondition.Outlier) { Value = value, Row = 17 }],
            model.Training.Warnings);
        var fresh = SyntheticCampaign.Create(4000, 63);
        var asked = new FeatureTable(
        [
            fresh.Features.Columns[0], FeatureColumn.Numeric("rare", [.. fresh.Features.Columns[0].Numbers.ToArray().Select(x => x > 1.3f ? x : 0)]),
            .. fresh.Features.Columns.Skip(1),
        ]);
        double? auc = model.Evaluate(asked, fresh.Actions, fresh.Response).Auc, expected = without.Evaluate(asked, fresh.Actions, fresh.Response).Auc;
        Assert.InRange(auc!.Value, expected!.Value - 0.005, 1);
    }

    [Fact]
    public void Fit_OfAMostlyEqualColumn_ScalesItAsIfTheOutlierWereNotThere()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => i % 50 == 0 ? 1f + i % 7 : 0f)], odd = [.. values];
        odd[3] = 1e12f;
        float ZOf(float[] training) => FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("x", training)]))
            .Transform(new FeatureTable([FeatureColumn.Numeric("x", [4])])).Numeric[0];
        Assert.Equal(1, ZOf(odd) / ZOf(values), 0.01);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    public void Train_OfOneClass_IsAConstantWithAWarning(float label)
    {
        var campaign = SyntheticCampaign.Create(200, 64);
        float[] labels = [.. Enumerable.Repeat(label, 200)];
        var model = ResponseModel.Train(campaign.Features, campaign.Actions, labels, Quick with { Outcomes = ["visit"] });
        Assert.Equal([new("visit", ColumnCondition.OneClass)], model.Training.Warnings);
        Assert.Equal(label, Assert.Single(model.Predict(campaign.Features, 1).Distinct()), 0.01f);
    }

    [Fact]
    public void Train_WithoutAnAmount_IsZeroWithAWarning()
    {
        var campaign = SyntheticCampaign.Create(200, 65);
        var options = new ValueOptions { Actions = SyntheticCampaign.ActionNames, Folds = 2, MaxEpochs = 2 };
        var model = ValueModel.Train(campaign.Features, campaign.Actions, new float[200], options);
        Assert.Equal([new("amount", ColumnCondition.OneClass)], model.Training.Warnings);
        Assert.All(model.Predict(campaign.Features, 1), prediction => Assert.Equal(0, prediction.Mean));
        float[] odd = [.. campaign.Amount];
        odd[5] = 1e12f;
        var withOutlier = ValueModel.Train(campaign.Features, campaign.Actions, odd, options);
        Assert.Equal([new("amount", ColumnCondition.Outlier) { Value = 1e12f, Row = 5 }], withOutlier.Training.Warnings);
        Assert.All(withOutlier.Predict(campaign.Features, 1), prediction => Assert.True(double.IsFinite(prediction.Mean)));
    }

    [Fact]
    public void Train_OfAnEmptySetOrAnInfiniteValue_SaysWhichAndWhere()
    {
        var campaign = SyntheticCampaign.Create(100, 66);
        var empty = Assert.Throws<ArgumentException>(() => ResponseModel.Train(campaign.Features.Select([]), [], Array.Empty<float>(), Quick));
        Assert.Contains("at least 50 rows; there are 0", empty.Message, StringComparison.Ordinal);
        var infinite = Assert.Throws<ArgumentException>(() => FeatureColumn.Numeric("spent", [1, float.NegativeInfinity]));
        Assert.Contains("'spent' is infinite in row 1", infinite.Message, StringComparison.Ordinal);
        var label = Assert.Throws<ArgumentOutOfRangeException>(() => ResponseModel.Train(
            campaign.Features, campaign.Actions, [.. Enumerable.Repeat(float.NaN, 100)], Quick with { Outcomes = ["visit"] }));
        Assert.Contains("row 0, outcome 'visit'", label.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OfRowsUnlikeTraining_NamesWhatIsNew()
    {
        var encoder = FeatureEncoder.Fit(FeatureEncoderBuilderTests.Mixed(1000));
        var table = new FeatureTable(
        [
            FeatureColumn.Numeric("engaged", [1, float.NaN]), FeatureColumn.Numeric("fit", [1, 2]), FeatureColumn.Cyclic("hour", [1, float.NaN], 24),
            FeatureColumn.Categorical("region", ["region1", "Atlantis"]), FeatureColumn.MultiValued("bought", [["c1", "new"], ["newer"]]),
        ]);
        Assert.Equal(
            [
                new("engaged", ColumnCondition.UnseenMissing) { Value = 0.5 }, new("region", ColumnCondition.UnseenNames) { Value = 0.5 },
                new("bought", ColumnCondition.UnseenNames) { Value = 1 },
            ],
            encoder.Check(table));
    }
}
