using Noah.Experimentation.Clustered;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Covariates for zero-inflated amounts (two-part CUPED): the predicted chance of buying and the predicted amount, π(x) and π(x) · m(x), from a
/// logistic regression of all and a log-linear one of buyers. Linear adjustment on x itself removes little of a metric that is zero for most; on
/// these it removes what x knows.
/// </summary>
/// <remarks>Each unit is predicted by models that have not seen it (cross-fitting), so that <see cref="RegressionAdjustment"/> stays valid.</remarks>
public static class HurdlePrediction
{
    /// <summary>Predicts all units.</summary>
    /// <param name="amounts">[units], finite and at least 0.</param>
    /// <param name="covariates">[units × covariates], row-major, finite, known before assignment.</param>
    /// <param name="folds">Number of folds, at least 2; default 5.</param>
    /// <param name="seed">Seed of the folds; default 1.</param>
    /// <returns>[units × 2], row-major: π and π · m; the mean outcome where a fold's models have no solution. To be used as covariates.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit or a value is not allowed; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two folds.</exception>
    public static double[] CrossFit(ReadOnlySpan<double> amounts, ReadOnlySpan<double> covariates, int folds = 5, ulong seed = 1)
    {
        Require.AtLeast(folds, 2);
        var width = amounts.Length == 0 ? 0 : covariates.Length / amounts.Length;
        Require.Length(covariates.Length, (long)width * amounts.Length, nameof(covariates));
        Require.Finite(amounts, nameof(amounts));
        Require.Finite(covariates, nameof(covariates));
        var random = new SplitMix64(seed);
        var fold = new int[amounts.Length];
        for (var i = 0; i < fold.Length; i++)
        {
            fold[i] = (int)(random.NextDouble() * folds);
            if (amounts[i] < 0)
            {
                throw new ArgumentException($"Value {i} is {amounts[i]}: every amount must be at least 0.", nameof(amounts));
            }
        }

        var predicted = new double[2 * amounts.Length];
        for (var held = 0; held < folds; held++)
        {
            int[] training = [.. Enumerable.Range(0, fold.Length).Where(i => fold[i] != held)];
            var bought = Fit(amounts, covariates, width, training, ResponseFamily.Binomial);
            var amount = Fit(amounts, covariates, width, training, ResponseFamily.Poisson);
            for (var i = 0; i < fold.Length; i++)
            {
                if (fold[i] == held)
                {
                    var row = covariates.Slice(i * width, width);
                    predicted[2 * i] = Predict(bought, row, ResponseFamily.Binomial);
                    predicted[(2 * i) + 1] = predicted[2 * i] * Predict(amount, row, ResponseFamily.Poisson);
                }
            }
        }

        return predicted;
    }

    // Poisson's equations estimate a log-linear mean of any positive amount (pseudo-likelihood): the law of the amounts is left open.
    private static double[] Fit(ReadOnlySpan<double> amounts, ReadOnlySpan<double> covariates, int width, int[] training, ResponseFamily family)
    {
        var outcomes = new List<double>();
        var rows = new List<double>();
        foreach (var unit in training)
        {
            if (family == ResponseFamily.Binomial || amounts[unit] > 0)
            {
                outcomes.Add(family == ResponseFamily.Poisson ? amounts[unit] : amounts[unit] > 0 ? 1 : 0);
                rows.AddRange(covariates.Slice(unit * width, width));
            }
        }

        if (outcomes.Count == 0)
        {
            return [0];
        }

        var fit = GeneralizedEstimatingEquations.Fit(
            outcomes.ToArray(), rows.ToArray(), Enumerable.Range(0, outcomes.Count).ToArray(),
            new GeeOptions { Family = family, Correlation = WorkingCorrelation.Independence, SmallSample = false, Tolerance = 1e-8 });
        var mean = outcomes.Average();
        var bounded = family == ResponseFamily.Binomial ? Math.Clamp(mean, 1e-9, 1 - 1e-9) : mean;
        return fit.Status == GeeStatus.Computed ? [.. fit.Coefficients.Select(coefficient => coefficient.Value)] : [GeeLink.Predictor(family, bounded)];
    }

    private static double Predict(double[] coefficients, ReadOnlySpan<double> row, ResponseFamily family)
    {
        var predictor = coefficients[0];
        for (var k = 1; k < coefficients.Length; k++)
        {
            predictor += coefficients[k] * row[k - 1];
        }

        return GeeLink.Mean(family, predictor);
    }
}
