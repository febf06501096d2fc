using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Clustered;

/// <summary>Sandwich covariance of solved estimating equations, with Mancl and DeRouen's correction where it is asked for.</summary>
internal static class GeeSandwich
{
    internal static GeeResult Result(GeeRows rows, double[] coefficients, CorrelationEstimate correlation, GeeOptions options, int iterations)
    {
        if (GeeStep.Of(rows, coefficients, options.Family, correlation, scores: true) is not { } step || Cholesky.Factor(step.Bread) is not { } bread)
        {
            return GeneralizedEstimatingEquations.Failed(GeeStatus.Singular, rows, iterations);
        }

        var width = rows.Width;
        var inverse = bread.Inverse();
        var meat = new double[width, width];
        foreach (var cluster in step.Clusters)
        {
            var residual = cluster.Residual;
            if (options.SmallSample)
            {
                if (Corrected(cluster, inverse) is not { } corrected)
                {
                    return GeneralizedEstimatingEquations.Failed(GeeStatus.TooFewClusters, rows, iterations);
                }

                residual = corrected;
            }

            var score = Array.ConvertAll(cluster.Solved, column => GeeStep.Dot(column, residual));
            for (var a = 0; a < width; a++)
            {
                for (var b = 0; b < width; b++)
                {
                    meat[a, b] += score[a] * score[b];
                }
            }
        }

        var covariance = Product(Product(inverse, meat), inverse);
        var freedom = rows.Clusters - width;
        var critical = options.SmallSample ? Tails.StudentCritical(options.Confidence, freedom) : Tails.NormalCritical(options.Confidence);
        var scale = CorrelationEstimate.Of(WorkingCorrelation.Independence, rows, GeeStep.Pearson(rows, coefficients, options.Family)).Scale;
        return new GeeResult(
            GeeStatus.Computed,
            [.. coefficients.Select((value, k) => Coefficient(value, Math.Sqrt(covariance[k, k])))],
            covariance,
            correlation.Parameters,
            scale,
            rows.Clusters,
            iterations);

        GeeCoefficient Coefficient(double value, double error)
        {
            var statistic = value / error;
            var p = options.SmallSample ? Tails.StudentTwoSided(statistic, freedom) : Tails.NormalTwoSided(statistic);
            return new GeeCoefficient(value, error, statistic, p, Interval.Around(value, critical * error));
        }
    }

    // (I − H)⁻¹ e with H = D B⁻¹ D' V⁻¹; on the scale of Pearson residuals Z B⁻¹ (R⁻¹ Z)'. By Woodbury (I − Z K)⁻¹ = I + Z (I − K Z)⁻¹ K, a system
    // of the width.
    private static double[]? Corrected(GeeCluster cluster, double[,] inverse)
    {
        var width = inverse.GetLength(0);
        var score = Array.ConvertAll(cluster.Solved, column => GeeStep.Dot(column, cluster.Residual));
        var system = new double[width, width + 1];
        for (var a = 0; a < width; a++)
        {
            for (var b = 0; b < width; b++)
            {
                system[a, b] = a == b ? 1 : 0;
                for (var k = 0; k < width; k++)
                {
                    system[a, b] -= inverse[a, k] * GeeStep.Dot(cluster.Solved[k], cluster.Scaled[b]);
                }

                system[a, width] += inverse[a, b] * score[b];
            }
        }

        if (!Eliminate(system, width))
        {
            return null;
        }

        var corrected = cluster.Residual.ToArray();
        for (var i = 0; i < corrected.Length; i++)
        {
            for (var a = 0; a < width; a++)
            {
                corrected[i] += cluster.Scaled[a][i] * system[a, width];
            }
        }

        return corrected;
    }

    // Gauss with pivoting; false where one cluster alone determines a coefficient.
    private static bool Eliminate(double[,] system, int size)
    {
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
            {
                pivot = Math.Abs(system[row, column]) > Math.Abs(system[pivot, column]) ? row : pivot;
            }

            if (Math.Abs(system[pivot, column]) < 1e-10)
            {
                return false;
            }

            for (var k = 0; k <= size; k++)
            {
                (system[pivot, k], system[column, k]) = (system[column, k], system[pivot, k]);
            }

            for (var row = 0; row < size; row++)
            {
                var factor = row == column ? 0 : system[row, column] / system[column, column];
                for (var k = column; k <= size && factor != 0; k++)
                {
                    system[row, k] -= factor * system[column, k];
                }
            }
        }

        for (var row = 0; row < size; row++)
        {
            system[row, size] /= system[row, row];
        }

        return true;
    }

    private static double[,] Product(double[,] one, double[,] other)
    {
        var size = one.GetLength(0);
        var product = new double[size, size];
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                for (var k = 0; k < size; k++)
                {
                    product[a, b] += one[a, k] * other[k, b];
                }
            }
        }

        return product;
    }
}
