using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Ordinary least squares in one arm: the mean the whole population would have in it, and its robust variance.</summary>
/// <param name="Intercept">Fitted outcome at the covariates' overall means.</param>
/// <param name="Variance">Robust variance of the intercept.</param>
/// <param name="Plain">Moments of the outcomes.</param>
internal sealed record ArmRegression(double Intercept, double Variance, Moments Plain)
{
    /// <returns>Null where the arm has too few units for its coefficients, or covariates that do not vary in it.</returns>
    internal static ArmRegression? Fit(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<bool> treated, bool arm, double[] centred, int width, List<int> used, RobustVariance variance)
    {
        var size = used.Count + 1;
        var rows = new List<int>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (treated[i] == arm)
            {
                rows.Add(i);
            }
        }

        if (rows.Count <= size)
        {
            return null;
        }

        var gram = new double[size, size];
        var right = new double[size];
        var row = new double[size];
        var y = new double[rows.Count];
        for (var r = 0; r < rows.Count; r++)
        {
            y[r] = outcomes[rows[r]];
            Row(rows[r]);
            for (var a = 0; a < size; a++)
            {
                right[a] += row[a] * y[r];
                for (var b = 0; b <= a; b++)
                {
                    gram[a, b] += row[a] * row[b];
                    gram[b, a] = gram[a, b];
                }
            }
        }

        if (Cholesky.Factor(gram) is not { } factor)
        {
            return null;
        }

        var inverse = factor.Inverse();
        var coefficients = factor.Solve(right);
        var sum = 0.0;
        for (var r = 0; r < rows.Count; r++)
        {
            Row(rows[r]);
            double fitted = 0, leverage = 0, toIntercept = 0;
            for (var a = 0; a < size; a++)
            {
                fitted += row[a] * coefficients[a];
                toIntercept += row[a] * inverse[0, a];
                for (var b = 0; b < size; b++)
                {
                    leverage += row[a] * inverse[a, b] * row[b];
                }
            }

            // A unit that alone determines its coefficient has residual 0 and leverage 1.
            var free = Math.Max(1e-12, 1 - leverage);
            var residual = y[r] - fitted;
            sum += toIntercept * toIntercept * residual * residual / (variance == RobustVariance.Hc2 ? free : free * free);
        }

        return new ArmRegression(coefficients[0], sum, Moments.Of(y));

        void Row(int unit)
        {
            row[0] = 1;
            for (var k = 0; k < used.Count; k++)
            {
                row[k + 1] = centred[(unit * width) + used[k]];
            }
        }
    }
}
