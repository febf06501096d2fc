using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Response;
using Noah.Prediction.Training;

namespace Noah.Prediction.Tests.Features;

public sealed class MultiValuedTests
{
    private static readonly FeatureEncoderOptions Options = new() { MinNameCount = 1, MaxValues = 3 };

    // By falling frequency, then name: a, b, c, d are codes 3 to 6.
    private static readonly FeatureTable Training = Bag(["a", "b", "c"], ["a", "b"], ["a"], ["d", "c"], ["b"], ["a"], []);

    [Fact]
    public void Transform_OfSets_TellsMissingEmptyUnknownAndKnownApart()
    {
        var encoder = FeatureEncoder.Fit(Training, Options);
        var encoded = encoder.Transform(Bag(null, [], ["never seen"], ["c", "never seen", "a"], ["d"]));
        Assert.Equal([7, 7, 7], encoder.VocabularySizes);
        Assert.Equal([1, 0, 0, 2, 0, 0, 0, 0, 0, 3, 5, 0, 6, 0, 0], encoded.Codes);
        Assert.Equal([0.125f, 0.125f, 0.125f, 0.25f, 0.125f], encoded.Numeric);
    }

    [Fact]
    public void Transform_OfMoreThanFit_KeepsTheMostFrequentAndAsksForNoOrder()
    {
        var encoder = FeatureEncoder.Fit(Training, Options);
        var encoded = encoder.Transform(Bag(["d", "c", "b", "a", "a"], ["a", "b", "c", "d"]));
        Assert.Equal([3, 4, 5, 3, 4, 5], encoded.Codes);
        Assert.Equal([0.375f, 0.375f], encoded.Numeric);
    }

    [Theory]
    [InlineData(VocabularyKind.Hashed, 1)]
    [InlineData(VocabularyKind.QuotientRemainder, 2)]
    public void Transform_OfHashedSets_DependsOnTheSetAlone(VocabularyKind kind, int tables)
    {
        string[] many = [.. Enumerable.Range(0, 100).Select(i => $"name-{i}")];
        var encoder = FeatureEncoder.Fit(
            Bag(many, null), new FeatureEncoderOptions { Vocabulary = kind, HashRows = 40, MaxValues = 4 });
        var encoded = encoder.Transform(Bag(["x", "y", "z"], ["z", "y", "x", "x"], null, [], ["x"]));
        int width = 4 * tables;
        Assert.Equal(width, encoded.CategoricalWidth);
        Assert.Equal(encoded.Codes[..width], encoded.Codes[width..(2 * width)]);
        Assert.Equal([0.375f, 0.375f, 0.125f, 0.125f, 0.125f], encoded.Numeric);
        Assert.All(encoded.Codes[(2 * width)..(3 * width)], code => Assert.Equal(0, code));
        Assert.Equal(1, encoded.Codes[3 * width]);
        Assert.InRange(encoded.Codes[4 * width], 2, encoder.VocabularySizes[0] - 1);
    }

    [Fact]
    public void TransformDense_OfASet_IsItsShares()
    {
        var encoder = FeatureEncoder.Fit(Training, Options);
        Assert.Equal([0.25f, 0, 0, 0, 0.5f, 0, 0.5f, 0], encoder.TransformDense(Bag(["a", "c"])));
    }

    [Fact]
    public void Represent_OfABag_HoldsTheMeanOfItsNamesEmbeddings()
    {
        var encoder = FeatureEncoder.Fit(Training, Options);
        var network = new ActionNetwork(ShapeOf(encoder));
        float[] weights = [.. Enumerable.Range(0, network.ParameterCount).Select(i => MathF.Sin(i))];
        var encoded = encoder.Transform(Bag(["b", "d", "a"], ["d"], null));
        // Without cross layers the representation begins with the input: the count, then the embedding.
        float[] representations = NetworkScorer.Representations(network, weights, encoded, new ResponseOptions { Device = ComputeDevice.Cpu });
        int[][] expected = [[4, 6, 3], [6], [1]];
        for (int row = 0; row < 3; row++)
        {
            for (int i = 0; i < 2; i++)
            {
                double mean = expected[row].Average(code => (double)weights[code * 2 + i]);
                Assert.Equal(mean, representations[row * network.Shape.RepresentationWidth + 1 + i], 5);
            }
        }
    }

    [Theory]
    [InlineData(EmbeddingOptimizer.Adam)]
    [InlineData(EmbeddingOptimizer.RowWise)]
    public void Train_OnSets_LearnsFromTheirNamesAndKeepsThemInTheFile(EmbeddingOptimizer optimizer)
    {
        var random = new Random(7);
        string[][] sets = [.. Enumerable.Range(0, 3000).Select(_ => Enumerable.Range(0, 6).Where(_ => random.Next(3) == 0).Select(i => $"c{i}").ToArray())];
        float[] labels = [.. sets.Select(set => random.NextDouble() < (set.Contains("c2") ? 0.7 : 0.2) ? 1f : 0f)];
        var options = new ResponseOptions { Folds = 2, MaxEpochs = 8, EmbeddingOptimizer = optimizer, BatchSize = 128 };
        var model = ResponseModel.Train(Bag(sets), new int[3000], labels, options);
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        float[] asked = ResponseModel.Load(file).Predict(Bag(["c2"], ["c1"], ["c2", "c4", "c5"], ["c0", "c1"]), 0);
        Assert.InRange(asked[0], 0.55f, 0.85f);
        Assert.InRange(asked[1], 0.1f, 0.35f);
        Assert.True(asked[2] > 2 * asked[3], $"{asked[2]} {asked[3]}");
        Assert.Equal(model.Predict(Bag(["c2"]), 0), asked[..1]);
    }

    [Fact]
    public void MultiValued_WithNullAmongNames_NamesColumnAndRow()
    {
        var error = Assert.Throws<ArgumentException>(() => Bag(["a"], ["b", null!]));
        Assert.Contains("'bought'", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_OfASet_NameIt()
    {
        var error = Assert.Throws<ArgumentException>(() => Prediction.Trees.BoostedTrees.Train(Bag(["a"], ["b"]), [0, 1]));
        Assert.Contains("'bought'", error.Message, StringComparison.Ordinal);
    }

    private static FeatureTable Bag(params string[]?[] sets) => new([FeatureColumn.MultiValued("bought", sets)]);

    private static NetworkShape ShapeOf(FeatureEncoder encoder) => new(
        encoder.NumericWidth, encoder.Layout.TableSizes, Actions: 1, Heads: 1, CrossLayers: 0, CrossRank: 1, Hidden: [2])
    {
        TableColumns = encoder.Layout.TableColumns,
        CountColumns = encoder.Layout.CountColumns,
        FixedEmbeddingWidth = 2,
    };
}
