using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Prediction.Tests.Training;

public sealed class RowAdagradTests
{
    private const int Width = 2;

    private static readonly NetworkShape Shape = new(0, [5, 3], Actions: 1, Heads: 1, CrossLayers: 0, CrossRank: 1, Hidden: [1])
    {
        FixedEmbeddingWidth = Width,
    };

    [Fact]
    public void Step_OnTwoBatches_EqualsASlowAdagradAndLeavesOtherRowsAlone()
    {
        var network = new ActionNetwork(Shape);
        var encoded = new EncodedBatch(4, 0, [], 2, [1, 2, 1, 0, 4, 2, 3, 1]);
        float[] start = [.. Enumerable.Range(0, 16).Select(i => 0.1f * i)];
        using var scope = torch.NewDisposeScope();
        using var rows = new RowAdagrad(network, encoded, TorchRuntime.TensorOf(start, [16], torch.CPU));
        double[] expected = [.. start.Select(x => (double)x)], accumulators = new double[8];
        foreach (int[] batch in new int[][] { [0, 1, 2], [2, 0] })
        {
            var touched = rows.Touch(batch, [], TorchRuntime.TensorOf([0f], [1], torch.CPU));
            // Loss = sum over rows and tables of the embedding's first number times (row + 1), plus its second squared.
            torch.Tensor loss = torch.zeros(1);
            for (int i = 0; i < batch.Length; i++)
            {
                for (int c = 0; c < 2; c++)
                {
                    var embedding = touched.Parameters[c][touched.Codes![i, c]];
                    loss = loss.add(embedding[0].mul(batch[i] + 1)).add(embedding[1].square());
                }
            }
            rows.Step(touched, [torch.zeros(1), .. torch.autograd.grad([loss], touched.Leaves[1..])], 0.5);
            SlowStep(expected, accumulators, encoded, batch, 0.5);
        }
        float[] actual = TorchRuntime.ToArray(rows.Flat);
        for (int i = 0; i < 16; i++)
        {
            Assert.Equal(expected[i], actual[i], 4);
        }
        // Row 0 and 3 of the first table and row 1 of the second are in no batch.
        foreach (int untouched in new[] { 0, 3, 6 })
        {
            Assert.Equal(start[(untouched * Width)..(untouched * Width + Width)], actual[(untouched * Width)..(untouched * Width + Width)]);
        }
    }

    private static void SlowStep(double[] values, double[] accumulators, EncodedBatch encoded, int[] batch, double rate)
    {
        var gradients = new Dictionary<int, double[]>();
        foreach (int row in batch)
        {
            for (int c = 0; c < 2; c++)
            {
                int at = (c == 0 ? 0 : 5) + encoded.Codes[row * 2 + c];
                gradients.TryAdd(at, new double[Width]);
                gradients[at][0] += row + 1;
                gradients[at][1] += 2 * values[at * Width + 1];
            }
        }
        foreach (var (at, gradient) in gradients)
        {
            accumulators[at] += gradient.Average(g => g * g);
            for (int i = 0; i < Width; i++)
            {
                values[at * Width + i] -= rate * gradient[i] / (Math.Sqrt(accumulators[at]) + 1e-8);
            }
        }
    }
}
