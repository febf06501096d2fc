using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>Logistic regression on outcomes in [0, 1] by Newton's method. Rows come from a visitor, so that pairs need no table.</summary>
internal static class LogisticRegression
{
    private const int Iterations = 50;
    private const double Tolerance = 1e-10;

    /// <summary>Adds a row: its features with the intercept, its outcome and its weight.</summary>
    internal delegate void Visitor(ReadOnlySpan<double> features, double outcome);

    /// <returns>Coefficients and the sum of μ (1 − μ) x x'; null where Newton's method does not settle.</returns>
    internal static (double[] Coefficients, double[,] Information)? Fit(int width, Action<Visitor> rows)
    {
        var coefficients = new double[width];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var information = new double[width, width];
            var score = new double[width];
            rows((features, outcome) =>
            {
                var mean = Mean(features, coefficients);
                var weight = mean * (1 - mean);
                for (var a = 0; a < width; a++)
                {
                    score[a] += features[a] * (outcome - mean);
                    for (var b = 0; b <= a; b++)
                    {
                        information[a, b] += weight * features[a] * features[b];
                    }
                }
            });
            for (var a = 0; a < width; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    information[b, a] = information[a, b];
                }
            }

            if (Cholesky.Factor(information) is not { } factor)
            {
                return null;
            }

            var step = factor.Solve(score);
            var largest = 0.0;
            for (var k = 0; k < width; k++)
            {
                coefficients[k] += step[k];
                largest = Math.Max(largest, Math.Abs(step[k]) / (1 + Math.Abs(coefficients[k])));
            }

            if (!double.IsFinite(largest) || largest > 1e6)
            {
                return null;
            }

            if (largest < Tolerance)
            {
                return (coefficients, information);
            }
        }

        return null;
    }

    internal static double Mean(ReadOnlySpan<double> features, ReadOnlySpan<double> coefficients)
    {
        var predictor = 0.0;
        for (var k = 0; k < features.Length; k++)
        {
            predictor += features[k] * coefficients[k];
        }

        return 1 / (1 + Math.Exp(-predictor));
    }
}
