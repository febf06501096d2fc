using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Prediction.Tests.Training;

public sealed class RowAdagradTests
{
    private const int Numbers = 2, Width = 2, Columns = 4;

    // Tables 0 and 1 are of one feature: their rows are added up. Table 2 is of a bag of at most two, whose rows are averaged; the second
    // number counts them. Widths of 2 and of 19, more than a vector's.
    private static readonly NetworkShape Narrow = new(Numbers, [5, 3, 4], Actions: 1, Heads: 1, CrossLayers: 0, CrossRank: 1, Hidden: [1])
    {
        TableFeatures = [0, 0, 1],
        TableColumns = [1, 1, 2],
        CountColumns = [-1, -1, 1],
        FixedEmbeddingWidth = Width,
    };

    private static readonly EncodedBatch Encoded = new(
        4, Numbers, [0.5f, 0.25f, 1, 0.125f, 1.5f, 0.25f, 2, 0.25f], Columns, [1, 2, 0, 3, 1, 0, 3, 0, 4, 2, 0, 0, 3, 1, 1, 2]);

    [Theory]
    [InlineData(Width, true)]
    [InlineData(Width, false)]
    [InlineData(19, true)]
    [InlineData(19, false)]
    public void Step_OnTwoBatches_EqualsASlowAdagradAndLeavesOtherRowsAlone(int width, bool onHost)
    {
        var network = new ActionNetwork(Narrow with { FixedEmbeddingWidth = width });
        int size = 12 * width;
        float[] start = [.. Enumerable.Range(0, size).Select(i => 0.1f * (i % 17))];
        using var scope = torch.NewDisposeScope();
        using var rows = new RowAdagrad(network, Encoded, TorchRuntime.TensorOf(start, [size], torch.CPU), onHost);
        double[] expected = [.. start.Select(x => (double)x)], accumulators = new double[12];
        foreach (int[] batch in new int[][] { [0, 1, 2], [2, 0] })
        {
            float[] input = TorchRuntime.ToArray(rows.Input(batch));
            Assert.Equal(SlowInput(expected, batch, width), input.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-5);
            // Loss = sum over the input of its place's cosine, times the row of the table + 1.
            float[] gradient = [.. input.Select((_, i) => Slope(batch[i / (Numbers + 2 * width)], i % (Numbers + 2 * width)))];
            rows.Step(TorchRuntime.TensorOf(gradient, [batch.Length, Numbers + 2 * width], torch.CPU), 0.5);
            SlowStep(expected, accumulators, batch, width, 0.5);
        }
        float[] actual = TorchRuntime.ToArray(rows.Flat);
        Assert.Equal(expected, actual.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-4);
        // Rows 0, 2 and 3 of the first table, 1 of the second and 1 and 2 of the third are in no batch.
        foreach (int untouched in new[] { 0, 2, 3, 6, 9, 10 })
        {
            Assert.Equal(start[(untouched * width)..(untouched * width + width)], actual[(untouched * width)..(untouched * width + width)]);
        }
    }

    private static float Slope(int row, int place) => (row + 1) * MathF.Cos(place);

    private static IEnumerable<(int Row, int Place, double Share)> Used(int row, int width)
    {
        int[] codes = Encoded.Codes[(row * Columns)..(row * Columns + Columns)];
        yield return (codes[0], Numbers, 1);
        yield return (5 + codes[1], Numbers, 1);
        int names = (int)(8 * Encoded.Numeric[row * Numbers + 1]);
        for (int name = 0; name < names; name++)
        {
            yield return (8 + codes[2 + name], Numbers + width, 1.0 / names);
        }
    }

    private static double[] SlowInput(double[] values, int[] batch, int width) =>
    [
        .. batch.SelectMany(row =>
        {
            var input = new double[Numbers + 2 * width];
            Encoded.Numeric.AsSpan(row * Numbers, Numbers).ToArray().Select(x => (double)x).ToArray().CopyTo(input, 0);
            foreach (var (at, place, share) in Used(row, width))
            {
                for (int i = 0; i < width; i++)
                {
                    input[place + i] += share * values[at * width + i];
                }
            }
            return input;
        }),
    ];

    private static void SlowStep(double[] values, double[] accumulators, int[] batch, int width, double rate)
    {
        var gradients = new Dictionary<int, double[]>();
        foreach (int row in batch)
        {
            foreach (var (at, place, share) in Used(row, width))
            {
                gradients.TryAdd(at, new double[width]);
                gradients[at] = [.. gradients[at].Select((sum, i) => sum + share * Slope(row, place + i))];
            }
        }
        foreach (var (at, gradient) in gradients)
        {
            accumulators[at] += gradient.Average(g => g * g);
            for (int i = 0; i < width; i++)
            {
                values[at * width + i] -= rate * gradient[i] / (Math.Sqrt(accumulators[at]) + 1e-8);
            }
        }
    }
}
