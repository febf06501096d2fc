namespace Noah.Prediction.Diagnostics;

/// <summary>Eigenvalues and eigenvectors of small dense symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, section 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;
    private const double Tolerance = 1e-15;

    /// <param name="matrix">Symmetric, [d, d]; left as it is.</param>
    /// <returns>Eigenvalues in no order, and eigenvectors as columns, [d, d].</returns>
    public static (double[] Values, double[,] Vectors) Of(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = new double[size, size];
        double norm = 0;
        for (int i = 0; i < size; i++)
        {
            vectors[i, i] = 1;
            for (int j = 0; j < size; j++)
            {
                norm += a[i, j] * a[i, j];
            }
        }
        for (int sweep = 0; sweep < MaxSweeps && OffDiagonal(a) > Tolerance * Tolerance * norm; sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(a, vectors, p, q);
                }
            }
        }
        var values = new double[size];
        for (int i = 0; i < size; i++)
        {
            values[i] = a[i, i];
        }
        return (values, vectors);
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(0); j++)
            {
                sum += i == j ? 0 : a[i, j] * a[i, j];
            }
        }
        return sum;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }
        double ratio = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt(ratio * ratio + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1), sine = tangent * cosine;
        int size = a.GetLength(0);
        for (int k = 0; k < size; k++)
        {
            (a[k, p], a[k, q]) = (cosine * a[k, p] - sine * a[k, q], sine * a[k, p] + cosine * a[k, q]);
        }
        for (int k = 0; k < size; k++)
        {
            (a[p, k], a[q, k]) = (cosine * a[p, k] - sine * a[q, k], sine * a[p, k] + cosine * a[q, k]);
            (vectors[k, p], vectors[k, q]) = (cosine * vectors[k, p] - sine * vectors[k, q], sine * vectors[k, p] + cosine * vectors[k, q]);
        }
    }
}
