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
        List<int> columns = [], counts = [];
        int bags = 0;
        for (int f = 0; f < features; f++)
        {
            // Bags come last, as the encoder has them.
            int width = f > 0 && f == features - 1 && random.Next(2) == 0 ? 2 + random.Next(4) : 1;
            int count = width > 1 ? numeric + bags++ : -1;
            for (int table = random.Next(3) == 0 ? 2 : 1; table > 0; table--)
            {
                owners.Add(f);
                sizes.Add(2 + random.Next(40));
                columns.Add(width);
                counts.Add(count);
            }
        }
        Shape = new NetworkShape(
            numeric + bags, [.. sizes], 1 + random.Next(4), 1 + random.Next(3), random.Next(4), 1 + random.Next(17),
            [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => 1 + random.Next(30))])
        {
            TableFeatures = [.. owners],
            TableColumns = [.. columns],
            CountColumns = [.. counts],
            FixedEmbeddingWidth = random.Next(2) == 0 ? null : 1 + random.Next(18),
            CrossAttention = random.Next(2) == 0,
            AttentionTemperature = 0.5 + random.NextDouble(),
            DenseGating = random.Next(2) == 0,
            CurveColumns = sizes.Count > 0 && random.Next(2) == 0 ? [random.Next(counts.Count(count => count < 0))] : null,
        };
        Network = new ActionNetwork(Shape);
        double size = 0.7 / Math.Sqrt(Shape.InputWidth);
        Weights = Network.Layout.Initialize(random);
        for (int i = 0; i < Weights.Length; i++)
        {
            Weights[i] += (float)(size * SyntheticCampaign.Normal(random));
        }
        int drawn = rows > 0 ? rows : 1 + random.Next(150);
        int[] tableOf = [.. columns.SelectMany((width, table) => Enumerable.Repeat(table, width))];
        Rows = new EncodedBatch(
            drawn, Shape.NumericWidth,
            [.. Enumerable.Range(0, drawn * Shape.NumericWidth).Select(i => NumberOf(i % Shape.NumericWidth))],
            tableOf.Length, [.. Enumerable.Range(0, drawn * tableOf.Length).Select(i => random.Next(sizes[tableOf[i % tableOf.Length]]))]);
        Actions = [.. Enumerable.Range(0, drawn).Select(_ => random.Next(Shape.Actions))];

        float NumberOf(int number) => counts.IndexOf(number) is >= 0 and var table
            ? BagEncoding.CountUnit * (1 + random.Next(columns[table]))
            : (float)Math.Clamp(SyntheticCampaign.Normal(random), -10, 10);
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
