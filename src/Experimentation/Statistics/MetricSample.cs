namespace Noah.Experimentation.Statistics;

/// <summary>One metric's values in one arm. The set of kinds is closed: binary, continuous and zero-inflated.</summary>
public abstract class MetricSample
{
    private protected MetricSample(Moments moments) => Moments = moments;

    /// <summary>Which of the three kinds this sample is.</summary>
    public abstract MetricKind Kind { get; }

    /// <summary>Count, mean and squared deviations over all units of the arm, zeros included.</summary>
    public Moments Moments { get; }

    /// <summary>Number of units.</summary>
    public long Count => Moments.Count;

    /// <summary>Σ ((x − center) / scale)³ over all units, zeros included: what skewness is made of.</summary>
    /// <param name="center">In the metric's unit.</param>
    /// <param name="scale">In the metric's unit, above 0.</param>
    internal double Cubes(double center, double scale)
    {
        return this switch
        {
            BinarySample binary => (binary.Successes * Cube(1)) + ((binary.Count - binary.Successes) * Cube(0)),
            ZeroInflatedSample amounts => Sum(amounts.Positives) + (amounts.Zeros * Cube(0)),
            _ => Sum(((ContinuousSample)this).Values),
        };

        double Cube(double value)
        {
            var scaled = (value - center) / scale;
            return scaled * scaled * scaled;
        }

        double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += Cube(value);
            }

            return sum;
        }
    }
}
