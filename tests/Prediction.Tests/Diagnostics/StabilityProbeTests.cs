using Noah.Prediction.Diagnostics;
using Noah.Prediction.Features;
using Noah.Prediction.Tests.Training;
using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Tests.Diagnostics;

public sealed class StabilityProbeTests
{
    private const int Rows = 40;

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1, true, false)]
    [InlineData(2, false, false)]
    [InlineData(2, true, false)]
    [InlineData(1, false, true)]
    [InlineData(2, true, true)]
    public void Measure_EqualsDenseHessiansOfOneBackwardPassPerRow(int heads, bool preconditioned, bool allParts)
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(Rows, 11 + heads, actions: 3, heads, allParts);
        var random = new Random(5);
        double[] scale = [.. task.Weights.Select(_ => preconditioned ? 0.2 + random.NextDouble() : 1)];
        double[][,] hessians = Hessians(task, heads, scale);
        var tensor = preconditioned ? TorchRuntime.TensorOf([.. scale.Select(s => (float)s)], [scale.Length], CPU) : null;
        var expected = LinearStability.Bounds(hessians, Rows);
        var actual = StabilityProbe.Measure(
            task.Flat, weights => task.Outputs(weights, task.All), outputs => Loss(outputs, task.Labels, heads), tensor);
        Assert.NotNull(actual);
        Assert.Equal(1, actual.Value.All.Sharpness / expected.Sharpness, 0.005);
        Assert.Equal(1, actual.Value.All.Coherence / expected.Coherence, 0.005);
        Assert.Null(actual.Value.Start);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sample_OfTheRowsOfTablesThatItUses_ReadsWhatTheWholeNetworkReads_AndTheTablesByThemselves(bool allParts)
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(Rows, 21, actions: 3, allParts: allParts);
        var random = new Random(6);
        float[] scale = [.. task.Weights.Select(_ => (float)(0.2 + random.NextDouble()))];
        // The rows that are measured leave some rows of tables out.
        int[] rows = [.. task.All[..12]];
        var picked = tensor(rows).to(ScalarType.Int64);
        var targets = new Targets(task.Mask.index_select(0, picked), task.Labels.index_select(0, picked), null);
        var sample = new CurvatureSample(task.Network, ((IEncodedSource)task.Encoded).Select(rows));
        var read = sample.Measure(task.Weights, scale, targets, (outputs, labels) => Loss(outputs, labels, 1), isRowWise: true);
        Same(Of(scale), read!.Value.All);
        int tables = task.Network.Blocks[task.Network.Tables.Count].Offset;
        Same(Of([.. scale.Select((s, j) => j < tables ? s : 0)]), read.Value.Tables!.Value);

        Curvature Of(float[] factors) => StabilityProbe.Measure(
            task.Flat, weights => task.Outputs(weights, rows), outputs => Loss(outputs, targets.Labels, 1),
            TorchRuntime.TensorOf(factors, [factors.Length], CPU))!.Value.All;

        static void Same(Curvature expected, Curvature actual)
        {
            Assert.Equal(1, actual.Sharpness / expected.Sharpness, 1e-4);
            Assert.Equal(1, actual.Coherence / expected.Coherence, 1e-4);
        }
    }

    [Fact]
    public void Measure_OfANetworkWithAParameterPastTheTape_SaysThatItCannot()
    {
        using var scope = NewDisposeScope();
        var task = new TinyTask(Rows, 12);
        var actual = StabilityProbe.Measure(
            task.Flat,
            weights => task.Outputs(weights, task.All).Plus(weights.narrow(0, 0, 1).view(1, 1)),
            outputs => Loss(outputs, task.Labels, 1), null);
        Assert.Null(actual);
    }

    private static Tensor Loss(Tensor outputs, Tensor labels, int heads)
    {
        var loss = nn.functional.binary_cross_entropy_with_logits(outputs.select(1, 0), labels.select(1, 0));
        return heads == 1 ? loss : loss.Plus(nn.functional.binary_cross_entropy_with_logits(outputs.select(1, 1), labels.select(1, 1)));
    }

    /// <summary>Σ_k p(1 − p) g g' of every row by a pass of its own, in doubles, from the row's second derivative in closed form.</summary>
    private static double[][,] Hessians(TinyTask task, int heads, double[] scale)
    {
        // Only parameters that some row moves matter; a random turn would not change eigenvalues, a cut of zero rows does not either.
        var factors = new List<(int Row, double[] Vector)>();
        for (int row = 0; row < Rows; row++)
        {
            for (int head = 0; head < heads; head++)
            {
                using var scope = NewDisposeScope();
                var output = task.Outputs(task.Flat, [row]).select(1, head).sum();
                float[] gradient = TorchRuntime.ToArray(autograd.grad([output], [task.Flat])[0]);
                double p = 1 / (1 + Math.Exp(-TorchRuntime.ToArray(output)[0]));
                factors.Add((row, [.. gradient.Select((g, i) => Math.Sqrt(p * (1 - p)) * g * scale[i])]));
            }
        }
        // In the span of the factors: Gram-Schmidt gives coordinates of at most Rows · heads dimensions, in which all products are kept.
        var basis = new List<double[]>();
        foreach (var (_, vector) in factors)
        {
            double[] rest = [.. vector];
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] unit in basis)
                {
                    double along = Dot(rest, unit);
                    rest = [.. rest.Select((r, i) => r - along * unit[i])];
                }
            }
            double norm = Math.Sqrt(Dot(rest, rest));
            if (norm > 1e-9)
            {
                basis.Add([.. rest.Select(r => r / norm)]);
            }
        }
        var hessians = new double[Rows][,];
        for (int row = 0; row < Rows; row++)
        {
            var hessian = hessians[row] = new double[basis.Count, basis.Count];
            foreach (var (_, vector) in factors.Where(factor => factor.Row == row))
            {
                double[] x = [.. basis.Select(unit => Dot(vector, unit))];
                for (int a = 0; a < x.Length; a++)
                {
                    for (int b = 0; b < x.Length; b++)
                    {
                        hessian[a, b] += x[a] * x[b];
                    }
                }
            }
        }
        return hessians;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
