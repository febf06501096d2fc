namespace Noah.Prediction.Baselines;

/// <summary>Solves A x = b for symmetric positive definite A, of which the lower triangle is read and overwritten.</summary>
internal static class Cholesky
{
    public static double[] Solve(double[,] lower, double[] right)
    {
        int n = right.Length;
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = lower[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }
        var x = (double[])right.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++)
            {
                x[i] -= lower[i, k] * x[k];
            }
            x[i] /= lower[i, i];
        }
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
            {
                x[i] -= lower[k, i] * x[k];
            }
            x[i] /= lower[i, i];
        }
        return x;
    }
}
