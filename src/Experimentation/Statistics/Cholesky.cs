namespace Noah.Experimentation.Statistics;

/// <summary>Lower triangular factor of a symmetric positive definite matrix, for the small systems of regressions.</summary>
internal sealed class Cholesky
{
    // A pivot below this share of its diagonal is a column that the others explain up to rounding.
    private const double Singular = 1e-11;

    private readonly double[,] _factor;

    private Cholesky(double[,] factor) => _factor = factor;

    private int Size => _factor.GetLength(0);

    /// <returns>The factor; null where the matrix is not positive definite up to rounding.</returns>
    internal static Cholesky? Factor(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var factor = new double[size, size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = matrix[row, column];
                for (var k = 0; k < column; k++)
                {
                    sum -= factor[row, k] * factor[column, k];
                }

                if (row != column)
                {
                    factor[row, column] = sum / factor[column, column];
                    continue;
                }

                if (!(sum > Singular * matrix[row, row]))
                {
                    return null;
                }

                factor[row, row] = Math.Sqrt(sum);
            }
        }

        return new Cholesky(factor);
    }

    /// <summary>Solves for one right side.</summary>
    internal double[] Solve(ReadOnlySpan<double> right)
    {
        var solution = right.ToArray();
        for (var row = 0; row < Size; row++)
        {
            for (var k = 0; k < row; k++)
            {
                solution[row] -= _factor[row, k] * solution[k];
            }

            solution[row] /= _factor[row, row];
        }

        for (var row = Size - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < Size; k++)
            {
                solution[row] -= _factor[k, row] * solution[k];
            }

            solution[row] /= _factor[row, row];
        }

        return solution;
    }

    internal double[,] Inverse()
    {
        var inverse = new double[Size, Size];
        var unit = new double[Size];
        for (var column = 0; column < Size; column++)
        {
            unit[column] = 1;
            var solved = Solve(unit);
            unit[column] = 0;
            for (var row = 0; row < Size; row++)
            {
                inverse[row, column] = solved[row];
            }
        }

        return inverse;
    }
}
