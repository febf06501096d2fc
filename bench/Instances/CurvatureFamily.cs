namespace Noah.Bench.Instances;

/// <summary>Families of per-example Hessians, from those that share one direction to those that share none.</summary>
internal static class CurvatureFamily
{
    private const int Width = 8;

    public static readonly IReadOnlyList<string> Names = ["aligned", "orthogonal", "isotropic", "clustered", "heavy-tailed"];

    /// <returns>[examples] of [d, d], positive semidefinite.</returns>
    public static double[][,] Draw(string name, int examples, int seed)
    {
        var random = new CounterRandom((ulong)seed, CounterRandom.Stream.Curvature, examples);
        var centres = Enumerable.Range(0, 3).Select(_ => Vector(ref random, Width, 1)).ToArray();
        var hessians = new double[examples][,];
        for (var i = 0; i < examples; i++)
        {
            hessians[i] = name switch
            {
                "aligned" => Outer(centres[0]),
                "orthogonal" => Outer([.. Enumerable.Range(0, examples).Select(k => k == i ? 1.0 : 0)]),
                "isotropic" => Outer(Vector(ref random, Width, 1)),
                "clustered" => Outer([.. Vector(ref random, Width, 0.2).Select((x, k) => x + centres[i % 3][k])]),
                _ => Sum(Outer(Vector(ref random, Width, random.LogNormal(0, 0.7))), Outer(Vector(ref random, Width, random.LogNormal(0, 0.7)))),
            };
        }

        return hessians;
    }

    /// <summary>
    /// Growth a step of the second moment of descent at a rate, by applying its map again and again: the slow way, and no eigenvalue problem.
    /// </summary>
    public static double Growth(double[][,] hessians, double batch, double rate, int steps)
    {
        int n = hessians.Length, d = hessians[0].GetLength(0);
        var step = new double[d, d];
        var moment = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var j = 0; j < d; j++)
            {
                // From the mean Hessian: flat directions, which stay as they are at any rate, have no part in it.
                moment[i, j] = hessians.Average(h => h[i, j]);
                step[i, j] = (i == j ? 1 : 0) - rate * moment[i, j];
            }
        }

        var growth = 1.0;
        for (var k = 0; k < steps; k++)
        {
            var next = Sandwich(step, moment);
            foreach (var hessian in hessians)
            {
                var part = Sandwich(hessian, moment);
                for (var i = 0; i < d * d; i++)
                {
                    next[i / d, i % d] += rate * rate / n / n * (n / batch - 1) * part[i / d, i % d];
                }
            }

            growth = Math.Sqrt(next.Cast<double>().Sum(x => x * x) / moment.Cast<double>().Sum(x => x * x));
            var largest = next.Cast<double>().Max(Math.Abs);
            for (var i = 0; i < d * d; i++)
            {
                moment[i / d, i % d] = next[i / d, i % d] / largest;
            }
        }

        return growth;
    }

    private static double[,] Sandwich(double[,] a, double[,] x)
    {
        var d = a.GetLength(0);
        var half = new double[d, d];
        var whole = new double[d, d];
        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < d; k++)
            {
                for (var j = 0; a[i, k] != 0 && j < d; j++)
                {
                    half[i, j] += a[i, k] * x[k, j];
                }
            }
        }

        for (var i = 0; i < d; i++)
        {
            for (var k = 0; k < d; k++)
            {
                for (var j = 0; half[i, k] != 0 && j < d; j++)
                {
                    whole[i, j] += half[i, k] * a[k, j];
                }
            }
        }

        return whole;
    }

    private static double[] Vector(ref CounterRandom random, int width, double scale)
    {
        var vector = new double[width];
        for (var k = 0; k < width; k++)
        {
            vector[k] = scale * random.Normal();
        }

        return vector;
    }

    private static double[,] Outer(double[] x)
    {
        var matrix = new double[x.Length, x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                matrix[i, j] = x[i] * x[j];
            }
        }

        return matrix;
    }

    private static double[,] Sum(double[,] a, double[,] b)
    {
        var sum = (double[,])a.Clone();
        for (var i = 0; i < a.Length; i++)
        {
            sum[i / a.GetLength(1), i % a.GetLength(1)] += b[i / a.GetLength(1), i % a.GetLength(1)];
        }

        return sum;
    }
}
