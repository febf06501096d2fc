namespace Noah.Experimentation.Clustered;

/// <summary>Estimating equations at given coefficients.</summary>
/// <param name="Bread">Σ D' V⁻¹ D.</param>
/// <param name="Score">Σ D' V⁻¹ (y − μ).</param>
/// <param name="Clusters">D and V⁻¹ applied, a cluster each; empty unless asked for.</param>
internal sealed record GeeStep(double[,] Bread, double[] Score, IReadOnlyList<GeeCluster> Clusters)
{
    /// <returns>Null where the working correlation is not positive definite.</returns>
    internal static GeeStep? Of(GeeRows rows, double[] coefficients, ResponseFamily family, CorrelationEstimate correlation, bool scores)
    {
        var width = rows.Width;
        var step = new GeeStep(new double[width, width], new double[width], new List<GeeCluster>());
        for (var c = 0; c < rows.Clusters; c++)
        {
            int first = rows.Starts[c], size = rows.Starts[c + 1] - first;
            if (correlation.Factor(size) is not { } factor)
            {
                return null;
            }

            // With a canonical link D = A X, so that V⁻¹ D = A^−½ R⁻¹ A^½ X.
            var deviation = new double[size];
            var residual = new double[size];
            var scaled = new double[width][];
            for (var k = 0; k < width; k++)
            {
                scaled[k] = new double[size];
            }

            for (var i = 0; i < size; i++)
            {
                var design = rows.Row(first + i);
                var mean = GeeLink.Mean(family, Predictor(design, coefficients));
                deviation[i] = Math.Sqrt(GeeLink.Variance(family, mean));
                residual[i] = (rows.Outcomes[first + i] - mean) / deviation[i];
                for (var k = 0; k < width; k++)
                {
                    scaled[k][i] = design[k] * deviation[i];
                }
            }

            var solved = Array.ConvertAll(scaled, column => factor.Solve(column));
            for (var a = 0; a < width; a++)
            {
                step.Score[a] += Dot(solved[a], residual);
                for (var b = 0; b < width; b++)
                {
                    step.Bread[a, b] += Dot(scaled[a], solved[b]);
                }
            }

            if (scores)
            {
                ((List<GeeCluster>)step.Clusters).Add(new GeeCluster(scaled, solved, residual));
            }
        }

        return step;
    }

    /// <summary>(y − μ) / √v of all rows.</summary>
    internal static double[] Pearson(GeeRows rows, double[] coefficients, ResponseFamily family)
    {
        var residuals = new double[rows.Outcomes.Length];
        for (var row = 0; row < residuals.Length; row++)
        {
            var mean = GeeLink.Mean(family, Predictor(rows.Row(row), coefficients));
            residuals[row] = (rows.Outcomes[row] - mean) / Math.Sqrt(GeeLink.Variance(family, mean));
        }

        return residuals;
    }

    internal static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private static double Predictor(ReadOnlySpan<double> design, double[] coefficients) => Dot(design, coefficients);
}
