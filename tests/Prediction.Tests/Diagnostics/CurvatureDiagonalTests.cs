using Noah.Prediction.Diagnostics;
using Noah.Prediction.Tests.Training;
using Noah.Prediction.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Tests.Diagnostics;

public sealed class CurvatureDiagonalTests
{
    [Fact]
    public void Of_ALogisticRegression_IsTheMeanOfVarianceTimesSquares()
    {
        using var scope = NewDisposeScope();
        float[] x = [0.5f, -1, 2, 3, -0.25f, 1], labels = [0, 1, 1, 0, 1, 0];
        var flat = tensor(new[] { 0.7f, -0.2f }).requires_grad_(true);
        double[] expected = [0, 0];
        foreach (float value in x)
        {
            double p = SyntheticCampaign.Sigmoid((0.7 * value) - 0.2), variance = p * (1 - p) / x.Length;
            expected[0] += variance * value * value;
            expected[1] += variance;
        }
        // The signs of one draw leave products of rows; over many draws they cancel.
        double[] mean = Mean(400, random => CurvatureDiagonal.Of(flat, [0, 1, 2, 3, 4, 5], Forward, random, CancellationToken.None));
        Assert.Equal(expected[0], mean[0], 0.1 * expected[0]);
        Assert.Equal(expected[1], mean[1], 0.1 * expected[1]);
        // A row alone has none.
        double alone = SyntheticCampaign.Sigmoid(1.2);
        Assert.Equal(4 * alone * (1 - alone), CurvatureDiagonal.Of(flat, [2], Forward, new Random(1), CancellationToken.None)[0], 1e-5);

        (Tensor, Func<Tensor, Tensor>) Forward(int[] rows)
        {
            var inputs = tensor([.. rows.Select(row => x[row])]);
            var picked = tensor([.. rows.Select(row => labels[row])]).unsqueeze(1);
            return (
                (inputs * flat.narrow(0, 0, 1) + flat.narrow(0, 1, 1)).unsqueeze(1),
                outputs => binary_cross_entropy_with_logits(outputs, picked));
        }
    }

    [Fact]
    public void Of_ANetworkOfTwoOutcomes_IsTheSumOverEachOfThem()
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(12, 3, heads: 2);
        double[] expected = new double[task.Weights.Length];
        foreach (int row in task.All)
        {
            float[] outputs = TorchRuntime.ToArray(task.Outputs(task.Flat, [row]));
            for (int head = 0; head < 2; head++)
            {
                float[] gradient = TorchRuntime.ToArray(autograd.grad([task.Outputs(task.Flat, [row]).select(1, head).sum()], [task.Flat])[0]);
                double p = SyntheticCampaign.Sigmoid(outputs[head]);
                for (int j = 0; j < expected.Length; j++)
                {
                    // The loss is the mean over outcomes too.
                    expected[j] += p * (1 - p) * gradient[j] * gradient[j] / 2 / task.All.Length;
                }
            }
        }
        double[] mean = Mean(600, random => CurvatureDiagonal.Of(
            task.Flat, task.All,
            rows => (task.Outputs(task.Flat, rows), outputs => binary_cross_entropy_with_logits(
                outputs, task.Labels.index_select(0, tensor(rows).to(ScalarType.Int64)))),
            random, CancellationToken.None));
        for (int j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], mean[j], (0.3 * expected[j]) + 1e-6);
        }
        Assert.Equal(expected.Sum(), mean.Sum(), 0.1 * expected.Sum());
    }

    private static double[] Mean(int draws, Func<Random, float[]> draw)
    {
        var random = new Random(8);
        float[][] all = [.. Enumerable.Range(0, draws).Select(_ => draw(random))];
        return [.. Enumerable.Range(0, all[0].Length).Select(j => all.Average(one => (double)one[j]))];
    }
}
