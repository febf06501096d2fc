using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Clustered;

/// <summary>
/// Marginal regression of outcomes that hang together: members of an account that was assigned as a whole, or days of one member (Liang and Zeger
/// 1986). Solves Σ D_i' V_i⁻¹ (y_i − μ_i) = 0 with V_i = A_i^½ R A_i^½; errors are the sandwich B⁻¹ (Σ U_i U_i') B⁻¹ over clusters.
/// </summary>
public static class GeneralizedEstimatingEquations
{
    /// <summary>Fits.</summary>
    /// <param name="outcomes">[rows], finite and allowed by the family.</param>
    /// <param name="covariates">[rows × covariates], row-major, finite; treatment is one of them. An intercept is added.</param>
    /// <param name="clusters">[rows]: number of the cluster, any; rows of a cluster are in the order of time.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentException">Lengths do not fit or a value is not allowed; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static GeeResult Fit(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<double> covariates, ReadOnlySpan<int> clusters, GeeOptions? options = null)
    {
        options ??= new GeeOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.AtLeast(options.Iterations, 1, nameof(options.Iterations));
        var rows = GeeRows.Of(outcomes, covariates, clusters, options.Family);
        if (rows.Clusters <= rows.Width)
        {
            return Failed(GeeStatus.TooFewClusters, rows, 0);
        }

        var coefficients = new double[rows.Width];
        var mean = rows.Outcomes.Average();
        if (options.Family != ResponseFamily.Gaussian && (mean <= 0 || (options.Family == ResponseFamily.Binomial && mean >= 1)))
        {
            return Failed(GeeStatus.NotConverged, rows, 0);
        }

        coefficients[0] = GeeLink.Predictor(options.Family, mean);
        var correlation = CorrelationEstimate.Start(WorkingCorrelation.Independence, rows.LargestCluster);
        for (var iteration = 1; iteration <= options.Iterations; iteration++)
        {
            var step = GeeStep.Of(rows, coefficients, options.Family, correlation, scores: false);
            if (step is null || Cholesky.Factor(step.Bread) is not { } bread)
            {
                return Failed(iteration == 1 || correlation.Parameters.Length > 0 ? GeeStatus.Singular : GeeStatus.NotConverged, rows, iteration);
            }

            var change = bread.Solve(step.Score);
            var largest = 0.0;
            for (var k = 0; k < change.Length; k++)
            {
                coefficients[k] += change[k];
                largest = Math.Max(largest, Math.Abs(change[k]) / (1 + Math.Abs(coefficients[k])));
            }

            if (!double.IsFinite(largest))
            {
                return Failed(GeeStatus.NotConverged, rows, iteration);
            }

            // The correlation waits for two steps of the regression, as residuals of a poor start say little, and must have served in two before the
            // end.
            if (iteration >= 4 && largest < options.Tolerance)
            {
                return GeeSandwich.Result(rows, coefficients, correlation, options, iteration);
            }

            if (iteration >= 2)
            {
                correlation = CorrelationEstimate.Of(options.Correlation, rows, GeeStep.Pearson(rows, coefficients, options.Family));
            }
        }

        return Failed(GeeStatus.NotConverged, rows, options.Iterations);
    }

    internal static GeeResult Failed(GeeStatus status, GeeRows rows, int iterations) =>
        new(status, [], new double[0, 0], [], 0, rows.Clusters, iterations);
}
