namespace Noah.Optimization.Duals;

/// <summary>Solves the damped Newton system over the rows that are free to move.</summary>
internal static class NewtonDirection
{
    /// <summary>Up to here the matrix is factorised; above, conjugate gradients multiply with it.</summary>
    public const int LargestDense = 256;

    private const int MostProducts = 200;

    /// <param name="hessian">γ times the second derivatives.</param>
    /// <param name="smoothing">γ.</param>
    /// <param name="slope">Derivative of each row, 0 where it may not move; shape [rows].</param>
    /// <param name="isFree">Rows that may move; shape [rows].</param>
    /// <param name="damping">Added to the diagonal of each row; positive; shape [rows].</param>
    /// <param name="tolerance">Relative residual at which conjugate gradients stop.</param>
    /// <returns>Descent direction, 0 in rows that may not move; shape [rows].</returns>
    public static double[] Solve(DualHessian hessian, double smoothing, double[] slope, bool[] isFree, double[] damping, double tolerance)
    {
        int[] free = [.. Enumerable.Range(0, slope.Length).Where(r => isFree[r])];
        var direction = slope.Length <= LargestDense
            ? Factorise(hessian.Dense(slope.Length), smoothing, slope, free, damping)
            : Iterate(hessian, smoothing, slope, isFree, damping, tolerance);
        // A system that is singular to working precision says nothing of some rows: these stay where they are.
        return Array.ConvertAll(direction, step => double.IsFinite(step) ? step : 0);
    }

    // Cholesky of the free part; the damping keeps it positive definite.
    private static double[] Factorise(double[] matrix, double smoothing, double[] slope, int[] free, double[] damping)
    {
        var (n, rows) = (free.Length, slope.Length);
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = (matrix[(free[i] * rows) + free[j]] / smoothing) + (i == j ? damping[free[i]] : 0);
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }

                factor[(i * n) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-14 * damping[free[i]])) : sum / factor[(j * n) + j];
            }
        }

        var solution = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sum = -slope[free[i]];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[(i * n) + k] * solution[k];
            }

            solution[i] = sum / factor[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                solution[i] -= factor[(k * n) + i] * solution[k];
            }

            solution[i] /= factor[(i * n) + i];
        }

        var direction = new double[rows];
        for (var i = 0; i < n; i++)
        {
            direction[free[i]] = solution[i];
        }

        return direction;
    }

    // Conjugate gradients with the diagonal as preconditioner: a product costs the free edges alone, not the population.
    private static double[] Iterate(DualHessian hessian, double smoothing, double[] slope, bool[] isFree, double[] damping, double tolerance)
    {
        var rows = slope.Length;
        var diagonal = hessian.Diagonal(rows);
        var (x, residual, z, p, product) = (new double[rows], new double[rows], new double[rows], new double[rows], new double[rows]);
        for (var r = 0; r < rows; r++)
        {
            residual[r] = isFree[r] ? -slope[r] : 0;
            diagonal[r] = (diagonal[r] / smoothing) + damping[r];
        }

        var (rho, before, target) = (0.0, 0.0, 0.0);
        for (var step = 0; step < MostProducts; step++)
        {
            rho = 0;
            for (var r = 0; r < rows; r++)
            {
                z[r] = residual[r] / diagonal[r];
                rho += residual[r] * z[r];
            }

            target = step == 0 ? tolerance * tolerance * rho : target;
            if (rho <= target || rho == 0)
            {
                break;
            }

            for (var r = 0; r < rows; r++)
            {
                p[r] = z[r] + (step == 0 ? 0 : rho / before * p[r]);
            }

            hessian.Multiply(p, product);
            var curvature = 0.0;
            for (var r = 0; r < rows; r++)
            {
                product[r] = isFree[r] ? (product[r] / smoothing) + (damping[r] * p[r]) : 0;
                curvature += p[r] * product[r];
            }

            if (!(curvature > 0))
            {
                break;
            }

            var length = rho / curvature;
            for (var r = 0; r < rows; r++)
            {
                x[r] += length * p[r];
                residual[r] -= length * product[r];
            }

            before = rho;
        }

        return x;
    }
}
