using Noah.Prediction.Features;
using Noah.Prediction.Networks;

namespace Noah.Prediction.Tests.Serving;

/// <summary>A network of random shape, with random weights and random rows: every option of a shape comes up among a few dozen seeds.</summary>
internal sealed class RandomNetwork
{
    public RandomNetwork(int seed, int rows = 0)
    {
        var random = new Random(seed);
        int numeric = random.Next(6), features = numeric == 0 ? 1 + random.Next(3) : random.Next(4);
        var owners = new List<int>();
        var sizes = new List<int>();
        for (int f = 0; f < features; f++)
        {
            for (int table = random.Next(3) == 0 ? 2 : 1; table > 0; table--)
            {
                owners.Add(f);
                sizes.Add(2 + random.Next(40));
            }
        }
        Shape = new NetworkShape(
            numeric, [.. sizes], 1 + random.Next(4), 1 + random.Next(3), random.Next(4), 1 + random.Next(17),
            [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => 1 + random.Next(30))])
        {
            TableFeatures = [.. owners],
            FixedEmbeddingWidth = random.Next(2) == 0 ? null : 1 + random.Next(18),
            CrossAttention = random.Next(2) == 0,
            AttentionTemperature = 0.5 + random.NextDouble(),
            DenseGating = random.Next(2) == 0,
            CurveColumns = sizes.Count > 0 && random.Next(2) == 0 ? [random.Next(sizes.Count)] : null,
        };
        Network = new ActionNetwork(Shape);
        double size = 0.7 / Math.Sqrt(Shape.InputWidth);
        Weights = Network.Layout.Initialize(random);
        for (int i = 0; i < Weights.Length; i++)
        {
            Weights[i] += (float)(size * SyntheticCampaign.Normal(random));
        }
        int count = rows > 0 ? rows : 1 + random.Next(150);
        Rows = new EncodedBatch(
            count, numeric, [.. Enumerable.Range(0, count * numeric).Select(_ => (float)Math.Clamp(SyntheticCampaign.Normal(random), -10, 10))],
            sizes.Count, [.. Enumerable.Range(0, count * sizes.Count).Select(i => random.Next(sizes[i % sizes.Count]))]);
        Actions = [.. Enumerable.Range(0, count).Select(_ => random.Next(Shape.Actions))];
    }

    public NetworkShape Shape { get; }

    public ActionNetwork Network { get; }

    public float[] Weights { get; }

    public EncodedBatch Rows { get; }

    public int[] Actions { get; }

    /// <summary>Some of the rows, in that order.</summary>
    public EncodedBatch Select(params int[] rows) => new(
        rows.Length, Rows.NumericWidth,
        [.. rows.SelectMany(row => Rows.Numeric.Skip(row * Rows.NumericWidth).Take(Rows.NumericWidth))], Rows.CategoricalWidth,
        [.. rows.SelectMany(row => Rows.Codes.Skip(row * Rows.CategoricalWidth).Take(Rows.CategoricalWidth))]);
}
