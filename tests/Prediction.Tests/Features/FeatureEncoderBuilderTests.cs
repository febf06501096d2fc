using Noah.Prediction.Features;

namespace Noah.Prediction.Tests.Features;

public sealed class FeatureEncoderBuilderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(97)]
    [InlineData(1000)]
    public void Build_OfBatches_IsTheFitOfTheWhole(int batchRows)
    {
        var table = Mixed(1000);
        Assert.Equal(FeatureEncoder.Fit(table).ToJson(), Built(table, batchRows).ToJson());
    }

    [Fact]
    public void Build_BeyondWhatIsExact_DoesNotDependOnBatches()
    {
        var random = new Random(5);
        var table = new FeatureTable(
        [
            FeatureColumn.Numeric("x", [.. Enumerable.Range(0, 150_000).Select(_ => (float)Math.Exp(SyntheticCampaign.Normal(random)))]),
            FeatureColumn.Categorical("id", [.. Enumerable.Range(0, 150_000).Select(i => $"{(int)(20_000 * Math.Pow(random.NextDouble(), 4))}")]),
        ]);
        var options = new FeatureEncoderOptions { CountedNames = 500, MaxNames = 100 };
        string whole = Built(table, 150_000, options).ToJson();
        Assert.Equal(whole, Built(table, 777, options).ToJson());
        Assert.Contains(Built(table, 777, options).Warnings, warning => warning is { Column: "id", Condition: ColumnCondition.HighCardinality });
    }

    [Fact]
    public void FromJson_OfRulesBeforeOtherKinds_Encodes()
    {
        const string Json =
            """
            {"Schema":[{"Name":"x","Kind":0},{"Name":"city","Kind":1}],
             "Numeric":[{"Name":"x","Log":false,"Center":2,"Scale":4,"MarksMissing":true}],
             "Categorical":[{"Name":"city","Names":["a","b"],"HashSizes":null}]}
            """;
        var encoded = FeatureEncoder.FromJson(Json).Transform(new FeatureTable(
            [FeatureColumn.Numeric("x", [10, float.NaN]), FeatureColumn.Categorical("city", ["b", null])]));
        Assert.Equal([2f, 0, 0, 1], encoded.Numeric);
        Assert.Equal([3, 1], encoded.Codes);
    }

    [Fact]
    public void Transform_OfAValue_IsTheSameWhereverItStands()
    {
        var random = new Random(6);
        float[] values = [.. Enumerable.Range(0, 1003).Select(_ => (float)Math.Exp(2 * SyntheticCampaign.Normal(random)))];
        var encoder = FeatureEncoder.Fit(new FeatureTable([FeatureColumn.Numeric("spent", values)]));
        float[] together = encoder.Transform(new FeatureTable([FeatureColumn.Numeric("spent", values)])).Numeric;
        for (int i = 0; i < values.Length; i += 7)
        {
            Assert.Equal(together[i], encoder.Transform(new FeatureTable([FeatureColumn.Numeric("spent", [values[i]])])).Numeric[0]);
        }
    }

    [Fact]
    public void Add_WithoutAFeature_NamesItAndTakesNothingIn()
    {
        var builder = new FeatureEncoderBuilder();
        Assert.Throws<InvalidOperationException>(() => builder.Build());
        builder.Add(new FeatureTable([FeatureColumn.Numeric("x", [1, 2]), FeatureColumn.Numeric("age", [1, 2])]));
        string before = builder.Build().ToJson();
        var error = Assert.Throws<ArgumentException>(() => builder.Add(new FeatureTable([FeatureColumn.Numeric("x", [100])])));
        Assert.Contains("'age'", error.Message, StringComparison.Ordinal);
        Assert.Equal((2, before), (builder.Rows, builder.Build().ToJson()));
    }

    internal static FeatureTable Mixed(int rows)
    {
        var random = new Random(4);
        var campaign = SyntheticCampaign.Create(rows, 4);
        return new FeatureTable(
        [
            .. campaign.Features.Columns,
            FeatureColumn.Cyclic("hour", [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) == 0 ? float.NaN : random.Next(24))], 24),
            FeatureColumn.MultiValued(
                "bought",
                [.. Enumerable.Range(0, rows).Select(i => i % 11 == 0 ? null : Enumerable.Range(0, 5).Where(_ => random.Next(2) == 0).Select(c => $"c{c}").ToArray())]),
        ]);
    }

    private static FeatureEncoder Built(FeatureTable table, int batchRows, FeatureEncoderOptions? options = null)
    {
        var builder = new FeatureEncoderBuilder(options);
        foreach (int[] rows in Enumerable.Range(0, table.Rows).Chunk(batchRows))
        {
            builder.Add(table.Select(rows));
        }
        return builder.Build();
    }
}
