using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>
/// Skewness of a difference of means, (μ₃₁/n₁² − μ₃₀/n₀²) / se³. It drives the first-order error of a t-test; the two arms' terms
/// cancel when sizes and shapes are equal, and do not when a small arm faces a large one.
/// </summary>
internal static class MeanSkewness
{
    internal static double? Of(MetricSample treatment, MetricSample control)
    {
        if (treatment.Moments.StandardError is not { } error1 || control.Moments.StandardError is not { } error0)
        {
            return null;
        }

        var error = double.Hypot(error1, error0);
        if (error <= 0)
        {
            return null;
        }

        return (Third(treatment, error) / treatment.Count / treatment.Count) - (Third(control, error) / control.Count / control.Count);
    }

    // Third central moment in units of the standard error cubed, which keeps extreme amounts in range.
    private static double Third(MetricSample sample, double scale)
    {
        var mean = sample.Moments.Mean;
        double Cube(double value) => Math.Pow((value - mean) / scale, 3);
        double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += Cube(value);
            }

            return sum;
        }

        return sample switch
        {
            BinarySample binary => ((binary.Successes * Cube(1)) + ((binary.Count - binary.Successes) * Cube(0))) / binary.Count,
            ZeroInflatedSample amounts => (Sum(amounts.Positives) + (amounts.Zeros * Cube(0))) / amounts.Count,
            _ => Sum(((ContinuousSample)sample).Values) / sample.Count,
        };
    }
}
