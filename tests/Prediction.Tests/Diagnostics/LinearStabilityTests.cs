using Noah.Prediction.Diagnostics;

namespace Noah.Prediction.Tests.Diagnostics;

public sealed class LinearStabilityTests
{
    [Theory]
    [InlineData(12, 1)]
    [InlineData(12, 4)]
    [InlineData(24, 12)]
    public void ExactBoundary_OfAlignedAndOrthogonalFamilies_IsTheClosedFormAndTheSafeRate(int count, int batch)
    {
        double[][,] aligned = [.. Enumerable.Range(0, count).Select(_ => Diagonal(1, _ => 3.0))];
        double[][,] orthogonal = [.. Enumerable.Range(0, count).Select(i => Diagonal(count, k => k == i ? 3.0 : 0))];
        // One dimension: (1 − ηh)² + (ηh)² (1/B − 1/n) < 1. Orthogonal: one example's own direction, drawn with probability B/n.
        double ofAligned = 2 / (3 * (1 + 1.0 / batch - 1.0 / count)), ofOrthogonal = 2 * batch / 3.0;
        Assert.Equal(ofAligned, LinearStability.ExactBoundary(aligned, batch), 1e-9);
        Assert.Equal(ofAligned, LinearStability.Bounds(aligned, batch).SafeRate, 1e-9);
        Assert.Equal(ofOrthogonal, LinearStability.ExactBoundary(orthogonal, batch), 1e-9);
        Assert.Equal(ofOrthogonal, LinearStability.Bounds(orthogonal, batch).SafeRate, 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ExactBoundary_IsWhereTheDenseSecondMomentOperatorReachesOne(int seed)
    {
        var random = new Random(seed);
        double[][,] hessians = [.. Enumerable.Range(0, 8).Select(_ => RankTwo(random, 4))];
        double batch = 1 + seed, boundary = LinearStability.ExactBoundary(hessians, batch);
        var bounds = LinearStability.Bounds(hessians, batch);
        Assert.InRange(boundary, bounds.SafeRate, bounds.DivergentRate);
        Assert.True(Radius(hessians, batch, 0.999 * boundary) < 1);
        Assert.True(Radius(hessians, batch, 1.001 * boundary) > 1);
    }

    [Fact]
    public void ExactBoundary_OfAFullBatch_IsTwoOverSharpness()
    {
        var random = new Random(4);
        double[][,] hessians = [.. Enumerable.Range(0, 6).Select(_ => RankTwo(random, 5))];
        var bounds = LinearStability.Bounds(hessians, 6);
        Assert.Equal(1, LinearStability.ExactBoundary(hessians, 6) * bounds.Sharpness / 2, 1e-9);
        Assert.Equal(bounds.DivergentRate, bounds.SafeRate, 1e-12);
    }

    [Fact]
    public void SimulatedDescent_ShrinksBelowAndGrowsAboveTheBoundary()
    {
        var random = new Random(5);
        double[][,] hessians = [.. Enumerable.Range(0, 8).Select(_ => RankTwo(random, 3))];
        double boundary = LinearStability.ExactBoundary(hessians, 4);
        // Growth of the mean logarithm lies below that of the mean square: only "shrinks below" must show in single paths.
        Assert.True(LogGrowth(hessians, 4, 0.9 * boundary, random) < 0);
        Assert.True(LogGrowth(hessians, 4, 4 * boundary, random) > 0);
    }

    [Fact]
    public void Of_WithMomentum_AllowsAdamsThirtyEight()
    {
        var bounds = StabilityBounds.Of(2, 100, 100, 100, 0.9);
        Assert.Equal(19, bounds.DivergentRate, 1e-9);
        Assert.Equal(StabilityState.Stable, bounds.StateOf(18));
        Assert.Equal(StabilityState.Unstable, bounds.StateOf(20));
        Assert.Equal(StabilityState.Watch, StabilityBounds.Of(2, 5, 100, 10).StateOf(0.4));
    }

    [Theory]
    [InlineData(0, 1, 10, 1, "sharpness")]
    [InlineData(1, 0.5, 10, 1, "coherence")]
    [InlineData(1, 1, 10, 11, "batch")]
    [InlineData(1, 1, 0.5, 0.5, "examples")]
    public void Of_OutsideRanges_IsRefused(double sharpness, double coherence, double examples, double batch, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => StabilityBounds.Of(sharpness, coherence, examples, batch)).ParamName);

    private static double[,] Diagonal(int size, Func<int, double> of)
    {
        var matrix = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            matrix[i, i] = of(i);
        }
        return matrix;
    }

    private static double[,] RankTwo(Random random, int size)
    {
        var matrix = new double[size, size];
        for (int rank = 0; rank < 2; rank++)
        {
            double[] x = [.. Enumerable.Range(0, size).Select(_ => SyntheticCampaign.Normal(random))];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    matrix[i, j] += x[i] * x[j];
                }
            }
        }
        return matrix;
    }

    /// <summary>Spectral radius of the whole d² × d² matrix by squaring it: ‖T^(2^k)‖^(1/2^k).</summary>
    private static double Radius(double[][,] hessians, double batch, double rate)
    {
        int d = hessians[0].GetLength(0), n = hessians.Length;
        var operatorMatrix = new double[d * d, d * d];
        var step = Diagonal(d, _ => 1);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                step[i, j] -= rate * hessians.Average(h => h[i, j]);
            }
        }
        for (int a = 0; a < d * d; a++)
        {
            for (int b = 0; b < d * d; b++)
            {
                operatorMatrix[a, b] = step[a / d, b / d] * step[a % d, b % d]
                    + rate * rate / n / n * (n / batch - 1) * hessians.Sum(h => h[a / d, b / d] * h[a % d, b % d]);
            }
        }
        double logNorm = 0;
        for (int k = 1; k <= 14; k++)
        {
            var squared = new double[d * d, d * d];
            double norm = 0;
            for (int a = 0; a < d * d; a++)
            {
                for (int b = 0; b < d * d; b++)
                {
                    for (int c = 0; c < d * d; c++)
                    {
                        squared[a, b] += operatorMatrix[a, c] * operatorMatrix[c, b];
                    }
                    norm += squared[a, b] * squared[a, b];
                }
            }
            norm = Math.Sqrt(norm);
            logNorm += Math.Log(norm) / Math.Pow(2, k);
            for (int a = 0; a < d * d; a++)
            {
                for (int b = 0; b < d * d; b++)
                {
                    operatorMatrix[a, b] = squared[a, b] / norm;
                }
            }
        }
        return Math.Exp(logNorm);
    }

    private static double LogGrowth(double[][,] hessians, int batch, double rate, Random random)
    {
        int d = hessians[0].GetLength(0);
        const int Steps = 20_000;
        double[] w = [.. Enumerable.Range(0, d).Select(_ => SyntheticCampaign.Normal(random))];
        double growth = 0;
        for (int step = 0; step < Steps; step++)
        {
            double[] gradient = new double[d];
            foreach (var hessian in hessians)
            {
                if (random.NextDouble() * hessians.Length < batch)
                {
                    for (int i = 0; i < d; i++)
                    {
                        for (int j = 0; j < d; j++)
                        {
                            gradient[i] += hessian[i, j] * w[j] / batch;
                        }
                    }
                }
            }
            double norm = 0;
            for (int i = 0; i < d; i++)
            {
                w[i] -= rate * gradient[i];
                norm += w[i] * w[i];
            }
            norm = Math.Sqrt(norm);
            growth += Math.Log(norm) / Steps;
            w = [.. w.Select(x => x / norm)];
        }
        return growth;
    }
}
