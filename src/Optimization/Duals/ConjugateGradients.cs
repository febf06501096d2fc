namespace Noah.Optimization.Duals;

/// <summary>Solves a damped Newton system by conjugate gradients with the diagonal as preconditioner: a product costs the free edges alone, not the
/// population, and no matrix is made.</summary>
internal static class ConjugateGradients
{
    private const int MostProducts = 200;
    private const double Tolerance = 1e-2;

    /// <param name="hessian">γ times the second derivatives.</param>
    /// <param name="smoothing">γ.</param>
    /// <param name="slope">Derivative of each row, 0 where it may not move; shape [rows].</param>
    /// <param name="isFree">Rows that may move; shape [rows].</param>
    /// <param name="damping">Added to the diagonal of each row; positive; shape [rows].</param>
    /// <returns>Descent direction, 0 in rows that may not move; shape [rows].</returns>
    public static double[] Solve(DualHessian hessian, double smoothing, double[] slope, bool[] isFree, double[] damping)
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

            target = step == 0 ? Tolerance * Tolerance * rho : target;
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
