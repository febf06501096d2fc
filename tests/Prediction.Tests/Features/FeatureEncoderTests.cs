using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class FeatureEncoderTests
{
    [Fact]
    public void Transform_OfNormalValues_HasMedianZeroAndDeviationOne()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(50 + 7 * SyntheticCampaign.Normal(random)))];
        var table = new FeatureTable([FeatureColumn.Numeric("x", values)]);
        float[] encoded = FeatureEncoder.Fit(table).Transform(table).Numeric;
        Assert.Equal(0, encoded.Order().ElementAt(10_000), 3);
        Assert.InRange(Math.Sqrt(encoded.Average(z => (double)z * z)), 0.97, 1.03);
    }

    [Fact]
    public void Transform_OfHeavyTail_IsLogarithmic()
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 5_000).Select(_ => (float)Math.Exp(4 + 1.2 * SyntheticCampaign.Normal(random)))];
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("spent", values)]));
        // Equal steps of 1 + x by a factor are equal steps of the code only under a logarithm.
        float[] z = encoder.Transform(new FeatureTable([FeatureColumn.Numeric("spent", [9, 99, 999])])).Numeric;
        Assert.Equal(z[1] - z[0], z[2] - z[1], 4);
    }

    [Fact]
    public void Transform_OfOtherRows_UsesTheTrainingRowsRules()
    {
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("x", [0, 1, 2, 3, 4])]));
        float[] alone = encoder.Transform(new FeatureTable([FeatureColumn.Numeric("x", [3])])).Numeric;
        float[] among = encoder.Transform(new FeatureTable([FeatureColumn.Numeric("x", [3, 1000, 2000])])).Numeric;
        Assert.Equal(alone[0], among[0]);
        Assert.Equal((3 - 2) / (2 / 1.349f), alone[0], 5);
    }

    [Fact]
    public void Transform_OfMissingNumbers_MarksThemAndSitsAtTheMedian()
    {
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("x", [1, float.NaN, 3])]));
        var encoded = encoder.Transform(new FeatureTable([FeatureColumn.Numeric("x", [float.NaN, 2])]));
        Assert.Equal(2, encoded.NumericWidth);
        Assert.Equal([0f, 1f, 0f, 0f], encoded.Numeric);
    }

    [Fact]
    public void Transform_OfNames_CodesRareUnknownAndMissing()
    {
        string?[] cities = [.. Enumerable.Repeat("a", 30), .. Enumerable.Repeat("b", 25), .. Enumerable.Repeat("c", 3)];
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Categorical("city", cities)]));
        var encoded = encoder.Transform(new FeatureTable([FeatureColumn.Categorical("city", ["a", "b", "c", "new", null])]));
        Assert.Equal([2, 3, 0, 0, 1], encoded.Codes);
        Assert.Equal([4], encoder.VocabularySizes);
    }

    [Fact]
    public void TransformDense_OfNames_IsOneHotBehindTheNumbers()
    {
        var table = new FeatureTable([FeatureColumn.Categorical("city", ["a", null]), FeatureColumn.Numeric("x", [5, 5])]);
        var encoder = FeatureEncoder.Fit(table, new FeatureEncoderOptions { MinNameCount = 1 });
        Assert.Equal([0f, 0, 0, 1, 0f, 0, 1, 0], encoder.TransformDense(table));
    }

    [Fact]
    public void FromJson_OfToJson_EncodesToTheSameBits()
    {
        var campaign = SyntheticCampaign.Create(500, 3);
        var encoder = FeatureEncoder.Fit(campaign.Features);
        var restored = FeatureEncoder.FromJson(encoder.ToJson());
        Assert.Equal(encoder.Transform(campaign.Features).Numeric, restored.Transform(campaign.Features).Numeric);
        Assert.Equal(encoder.Transform(campaign.Features).Codes, restored.Transform(campaign.Features).Codes);
        Assert.Equal(encoder.Schema, restored.Schema);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    public void FromJson_OfOtherText_ThrowsInvalidData(string json) => Assert.Throws<InvalidDataException>(() => FeatureEncoder.FromJson(json));

    [Fact]
    public void Transform_WithoutAFeature_NamesIt()
    {
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("age", [1, 2])]));
        var error = Assert.Throws<ArgumentException>(() => encoder.Transform(new FeatureTable([FeatureColumn.Numeric("other", [1])])));
        Assert.Contains("'age'", error.Message, StringComparison.Ordinal);
    }
}
