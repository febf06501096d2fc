using System.Diagnostics.CodeAnalysis;

namespace Noah.Optimization.Forecasts;

/// <summary>
/// Correction of a plan's forecast for the winner's curse. A plan chooses where the predicted value is highest, so it chooses errors
/// too, and the sum of predictions over the chosen overstates what they bring (Smith and Winkler 2006, "The optimizer's curse"). On units
/// that no model was fitted on, the same choice is made from the same kind of predictions, and an estimate that had no part in choosing
/// tells what the chosen are worth: the ratio of the two sums is the factor.
/// </summary>
/// <remarks>
/// The factor is not clamped: below 0 the choice loses money, above 1 the model understates. It carries over to a plan when the held-out
/// choice was made as the plan's: argmax of value less dual prices under the unit's cap, with the plan's prices, by a model fitted on as
/// many units. Its own bias is of order 1/units (Cochran 1977, Sampling Techniques, §6.8).
/// </remarks>
public sealed record SelectionCorrection
{
    /// <summary>Least number of chosen held-out units: 30, where the ratio estimator's linearised error begins to hold.</summary>
    public const int LeastUnits = 30;

    private const double LeastPredictedSumInStandardErrors = 3;
    private const double NormalCritical = 1.959963984540054;

    private SelectionCorrection(SelectionCorrectionStatus status, int units, double? factor = null, double? standardError = null) =>
        (Status, Units, Factor, FactorStandardError) = (status, units, factor, standardError);

    /// <summary>Whether there is a factor.</summary>
    public SelectionCorrectionStatus Status { get; }

    /// <summary>Number of chosen held-out units.</summary>
    public int Units { get; }

    /// <summary>Independent over predicted sum; null unless <see cref="SelectionCorrectionStatus.Estimated"/>.</summary>
    public double? Factor { get; }

    /// <summary>Linearised standard error of <see cref="Factor"/>, ≥ 0; null when it is null.</summary>
    public double? FactorStandardError { get; }

    /// <summary>Estimates the factor as a ratio of means with the delta method's error: residuals independent − factor · predicted.</summary>
    /// <param name="predictedOfChosen">
    /// Predicted value, relative to no action, of what the policy chooses for each held-out unit that gets anything, summed within the
    /// unit, in money; shape [chosen units].
    /// </param>
    /// <param name="independentOfChosen">
    /// Unbiased estimate of the same value, in money, in whose making the predictions that chose had no part: a second cross-fitted model's
    /// value with its mean calibrated, or the inverse-propensity-weighted difference of outcomes from a randomised log; same shape. It may
    /// be as noisy as it likes; the noise is in the standard error.
    /// </param>
    /// <returns>The factor, or why there is none.</returns>
    /// <exception cref="ArgumentException">The lengths differ or a value is not finite; the message names its index.</exception>
    public static SelectionCorrection Fit(ReadOnlySpan<double> predictedOfChosen, ReadOnlySpan<double> independentOfChosen)
    {
        if (independentOfChosen.Length != predictedOfChosen.Length)
        {
            throw new ArgumentException(
                $"Length {independentOfChosen.Length} must be {predictedOfChosen.Length}: one estimate per chosen unit.", nameof(independentOfChosen));
        }

        var predicted = Sum(predictedOfChosen, nameof(predictedOfChosen));
        var independent = Sum(independentOfChosen, nameof(independentOfChosen));
        var units = predictedOfChosen.Length;
        if (units < LeastUnits)
        {
            return new SelectionCorrection(SelectionCorrectionStatus.TooFewChosen, units);
        }

        var factor = independent / predicted;
        double residualSquares = 0, predictedSquares = 0;
        for (var unit = 0; unit < units; unit++)
        {
            var residual = independentOfChosen[unit] - factor * predictedOfChosen[unit];
            var deviation = predictedOfChosen[unit] - predicted / units;
            residualSquares += residual * residual;
            predictedSquares += deviation * deviation;
        }

        // n/(n − 1) · Σ d² is the variance of a sum whose terms deviate by d from their mean.
        var scale = units / (units - 1.0);
        return predicted > 0 && predicted >= LeastPredictedSumInStandardErrors * Math.Sqrt(scale * predictedSquares)
            ? new SelectionCorrection(SelectionCorrectionStatus.Estimated, units, factor, Math.Sqrt(scale * residualSquares) / predicted)
            : new SelectionCorrection(SelectionCorrectionStatus.PredictedSumNotPositive, units);
    }

    /// <summary>Corrects a plan's forecast if there is a factor.</summary>
    /// <param name="objective">Sum of the predicted values of what the plan chooses, in money.</param>
    /// <param name="forecast">The corrected forecast with its 95 % interval by Student's t.</param>
    /// <returns>Whether there is a factor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The objective is not finite.</exception>
    public bool TryApply(double objective, [NotNullWhen(true)] out CorrectedForecast? forecast)
    {
        if (!double.IsFinite(objective))
        {
            throw new ArgumentOutOfRangeException(nameof(objective), objective, "The objective must be finite.");
        }

        forecast = null;
        if (Factor is { } factor && FactorStandardError is { } standardError)
        {
            var error = Math.Abs(objective) * standardError;
            var half = StudentCritical(Units - 1) * error;
            forecast = new CorrectedForecast(objective, objective * factor, error, objective * factor - half, objective * factor + half);
        }

        return forecast is not null;
    }

    /// <summary>Abramowitz and Stegun 26.7.5, first two terms: within 1e-4 from 29 degrees of freedom on.</summary>
    private static double StudentCritical(int degreesOfFreedom)
    {
        const double Z = NormalCritical, Z3 = Z * Z * Z, Z5 = Z3 * Z * Z;
        return Z + (Z3 + Z) / (4.0 * degreesOfFreedom) + (5 * Z5 + 16 * Z3 + 3 * Z) / (96.0 * degreesOfFreedom * degreesOfFreedom);
    }

    private static double Sum(ReadOnlySpan<double> values, string name)
    {
        var sum = 0.0;
        for (var unit = 0; unit < values.Length; unit++)
        {
            sum += double.IsFinite(values[unit])
                ? values[unit]
                : throw new ArgumentException($"Value {unit} is {values[unit]}: every value must be finite.", name);
        }

        return sum;
    }
}
