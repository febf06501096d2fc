namespace Noah.Prediction.Diagnostics;

/// <summary>
/// Linear stability of stochastic descent where all Hessians are known: bounds and exact boundary (arXiv 2401.12332). Dense, for problems
/// of some dozens of examples and dimensions: it is what bounds and probes are checked against.
/// </summary>
public static class LinearStability
{
    // Directions flatter than this, relative to the sharpest, are taken for flat.
    private const double FlatShare = 1e-12;
    private const int MaxIterations = 20_000, MinIterations = 50;
    private const double Converged = 1e-14;

    /// <summary>Sharpness, coherence and the bounds that follow.</summary>
    /// <param name="hessians">[examples] of [d, d], symmetric, with no negative eigenvalue, not all zero.</param>
    /// <param name="batch">Expected examples a step, in (0, examples].</param>
    /// <exception cref="ArgumentException">There is none, sizes differ, or all are zero.</exception>
    public static StabilityBounds Bounds(IReadOnlyList<double[,]> hessians, double batch)
    {
        RequireHessians(hessians);
        int count = hessians.Count;
        var coherence = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                coherence[i, j] = Math.Sqrt(Math.Max(0, Product(hessians[i], hessians[j])));
            }
        }
        double largest = hessians.Max(hessian => SymmetricEigen.Of(hessian).Values.Max());
        double sigma = Math.Clamp(SymmetricEigen.Of(coherence).Values.Max() / largest, 1, count);
        return StabilityBounds.Of(SymmetricEigen.Of(Mean(hessians)).Values.Max(), sigma, count, batch);
    }

    /// <summary>
    /// The rate at which the second moment of the iterates stops shrinking: the spectral radius of
    /// X ↦ (I − ηH) X (I − ηH) + (η²/n²)(n/B − 1) Σ H_i X H_i reaches 1. The map is self-adjoint and keeps the positive semidefinite cone, so
    /// that is where η Q(X) = HX + XH first has a solution, Q the map's part in η²: one eigenvalue problem, no search over rates.
    /// </summary>
    /// <param name="hessians">[examples] of [d, d], symmetric, with no negative eigenvalue, not all zero.</param>
    /// <param name="batch">Expected examples a step, in (0, examples].</param>
    /// <returns>The rate, above 0.</returns>
    /// <exception cref="ArgumentException">There is none, sizes differ, all are zero, or the batch is outside its range.</exception>
    public static double ExactBoundary(IReadOnlyList<double[,]> hessians, double batch)
    {
        RequireHessians(hessians);
        int count = hessians.Count;
        if (!(batch > 0 && batch <= count))
        {
            throw new ArgumentOutOfRangeException(nameof(batch), batch, $"The batch must be in (0, {count}].");
        }
        var (values, vectors) = SymmetricEigen.Of(Mean(hessians));
        double sharpest = values.Max();
        int[] kept = [.. Enumerable.Range(0, values.Length).Where(k => values[k] > FlatShare * sharpest)];
        double[] curvature = [.. kept.Select(k => values[k])];
        double[][,] turned = [.. hessians.Select(hessian => Turned(hessian, vectors, kept))];
        double noise = (count / batch - 1) / ((double)count * count);
        int size = kept.Length;
        var z = new double[size, size];
        for (int a = 0; a < size; a++)
        {
            z[a, a] = Math.Sqrt(2 * curvature[a]);
        }
        Normalize(z);
        double radius = 0;
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            var x = Halved(z, curvature);
            var image = new double[size, size];
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b < size; b++)
                {
                    image[a, b] = curvature[a] * x[a, b] * curvature[b];
                }
            }
            foreach (var hessian in turned)
            {
                if (noise > 0)
                {
                    AddSandwich(image, hessian, x, noise);
                }
            }
            image = Halved(image, curvature);
            double quotient = Product(z, image), before = radius;
            radius = quotient;
            z = image;
            Normalize(z);
            if (iteration >= MinIterations && Math.Abs(radius - before) <= Converged * radius)
            {
                break;
            }
        }
        return 1 / radius;
    }

    /// <summary>L^−½ X, where L X = HX + XH and H is the diagonal.</summary>
    private static double[,] Halved(double[,] x, double[] curvature)
    {
        var result = new double[curvature.Length, curvature.Length];
        for (int a = 0; a < curvature.Length; a++)
        {
            for (int b = 0; b < curvature.Length; b++)
            {
                result[a, b] = x[a, b] / Math.Sqrt(curvature[a] + curvature[b]);
            }
        }
        return result;
    }

    private static void AddSandwich(double[,] sum, double[,] h, double[,] x, double weight)
    {
        var half = Times(h, x);
        var whole = Times(half, h);
        for (int a = 0; a < sum.GetLength(0); a++)
        {
            for (int b = 0; b < sum.GetLength(0); b++)
            {
                sum[a, b] += weight * whole[a, b];
            }
        }
    }

    private static double[,] Turned(double[,] hessian, double[,] vectors, int[] kept)
    {
        int size = hessian.GetLength(0);
        var basis = new double[size, kept.Length];
        var transposed = new double[kept.Length, size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < kept.Length; k++)
            {
                basis[i, k] = transposed[k, i] = vectors[i, kept[k]];
            }
        }
        return Times(Times(transposed, hessian), basis);
    }

    private static double[,] Times(double[,] left, double[,] right)
    {
        int rows = left.GetLength(0), inner = left.GetLength(1), columns = right.GetLength(1);
        var result = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                double factor = left[i, k];
                for (int j = 0; factor != 0 && j < columns; j++)
                {
                    result[i, j] += factor * right[k, j];
                }
            }
        }
        return result;
    }

    private static double[,] Mean(IReadOnlyList<double[,]> hessians)
    {
        int size = hessians[0].GetLength(0);
        var mean = new double[size, size];
        foreach (var hessian in hessians)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    mean[i, j] += hessian[i, j] / hessians.Count;
                }
            }
        }
        return mean;
    }

    /// <summary>tr(A B) of symmetric matrices.</summary>
    private static double Product(double[,] a, double[,] b)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                sum += a[i, j] * b[i, j];
            }
        }
        return sum;
    }

    private static void Normalize(double[,] z)
    {
        double norm = Math.Sqrt(Product(z, z));
        for (int i = 0; i < z.GetLength(0); i++)
        {
            for (int j = 0; j < z.GetLength(1); j++)
            {
                z[i, j] /= norm;
            }
        }
    }

    private static void RequireHessians(IReadOnlyList<double[,]> hessians)
    {
        ArgumentNullException.ThrowIfNull(hessians);
        if (hessians.Count == 0 || hessians.Any(h => h.GetLength(0) != h.GetLength(1) || h.Length != hessians[0].Length))
        {
            throw new ArgumentException("There must be Hessians, all square and of one size.", nameof(hessians));
        }
        if (hessians.All(hessian => hessian.Cast<double>().All(entry => entry == 0)))
        {
            throw new ArgumentException("Hessians that are all zero bound no rate.", nameof(hessians));
        }
    }
}
