namespace Noah.Optimization.Duals;

/// <summary>Cholesky solution of a part of a symmetric positive definite system.</summary>
internal static class SymmetricSystem
{
    // A pivot that cancels to less than this part of its diagonal is round-off; so raised it leaves its row where it is.
    private const double LeastPivot = 1e-14;

    /// <param name="matrix">Shape [n × n], row-major; the lower triangle is read.</param>
    /// <param name="right">Right-hand side; shape [n].</param>
    /// <param name="free">Rows and columns that take part, ascending.</param>
    /// <returns>The solution, 0 in rows that take no part or of which a singular system says nothing; shape [n].</returns>
    public static double[] Solve(double[] matrix, double[] right, ReadOnlySpan<int> free)
    {
        var (n, rows) = (free.Length, right.Length);
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var own = factor.AsSpan(i * n, i);
            for (var j = 0; j < i; j++)
            {
                var sum = matrix[(free[i] * rows) + free[j]] - Dot(own[..j], factor.AsSpan(j * n, j));
                own[j] = sum / factor[(j * n) + j];
            }

            var diagonal = matrix[(free[i] * rows) + free[i]];
            factor[(i * n) + i] = Math.Sqrt(Math.Max(diagonal - Dot(own, own), LeastPivot * diagonal));
        }

        var solution = new double[n];
        for (var i = 0; i < n; i++)
        {
            solution[i] = (right[free[i]] - Dot(factor.AsSpan(i * n, i), solution.AsSpan(0, i))) / factor[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                solution[i] -= factor[(k * n) + i] * solution[k];
            }

            solution[i] /= factor[(i * n) + i];
        }

        var whole = new double[rows];
        for (var i = 0; i < n; i++)
        {
            whole[free[i]] = double.IsFinite(solution[i]) ? solution[i] : 0;
        }

        return whole;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
