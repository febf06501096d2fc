using Noah.Optimization.Duals;

namespace Noah.Optimization.Tests.Duals;

public sealed class BoxQuadraticTests
{
    // A point is the minimum of a convex quadratic over a box exactly when no derivative points out of it.
    [Fact]
    public void Minimise_MeetsTheOptimalityConditions()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 500; trial++)
        {
            var n = random.Next(1, 40);
            var (matrix, slope) = Draw(random, n);
            double[] lower = [.. slope.Select(_ => random.Next(4) == 0 ? 0 : -random.NextDouble())];
            double[] upper = [.. slope.Select(_ => random.Next(4) == 0 ? 0 : random.NextDouble())];
            var x = BoxQuadratic.Minimise(matrix, slope, lower, upper);
            for (var i = 0; i < n; i++)
            {
                var gradient = slope[i] + Enumerable.Range(0, n).Sum(j => matrix[(i * n) + j] * x[j]);
                Assert.InRange(x[i], lower[i], upper[i]);
                Assert.True(x[i] == lower[i] || gradient < 1e-3, $"trial {trial}: {gradient} at {x[i]}, which could fall to {lower[i]}");
                Assert.True(x[i] == upper[i] || gradient > -1e-3, $"trial {trial}: {gradient} at {x[i]}, which could rise to {upper[i]}");
            }
        }
    }

    // Two rows over the same mails: the unbounded minimum cut to the box is uphill of the start.
    [Fact]
    public void Minimise_OfCoupledRows_DescendsWhereACutStepWouldNot()
    {
        double[] matrix = [1, 0.99, 0.99, 1];
        double[] slope = [0.1, -0.1];
        var (lower, upper) = (new[] { 0.0, 0 }, new[] { double.MaxValue, double.MaxValue });
        double Value(double[] x) => (slope[0] * x[0]) + (slope[1] * x[1]) + (0.5 * ((x[0] * x[0]) + (x[1] * x[1]) + (1.98 * x[0] * x[1])));
        var unbounded = SymmetricSystem.Solve(matrix, [-0.1, 0.1], [0, 1]);
        Assert.Equal([-10, 10], unbounded.Select(x => Math.Round(x, 6)));
        Assert.True(Value([0, unbounded[1]]) > 0);
        Assert.Equal([0, 0.1], BoxQuadratic.Minimise(matrix, slope, lower, upper).Select(x => Math.Round(x, 9)));
    }

    private static (double[] Matrix, double[] Slope) Draw(Random random, int n)
    {
        double[][] factors = [.. Enumerable.Range(0, n + 2).Select(_ => Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
        var matrix = new double[n * n];
        for (var entry = 0; entry < matrix.Length; entry++)
        {
            matrix[entry] = factors.Sum(factor => factor[entry / n] * factor[entry % n]) + (entry / n == entry % n ? 0.01 : 0);
        }

        return (matrix, [.. Enumerable.Range(0, n).Select(_ => 4 * ((2 * random.NextDouble()) - 1))]);
    }
}
