namespace Noah.Optimization.Tests.Forecasts;

/// <summary>
/// A world whose truth is known: value v ~ N(mean, spread²), prediction m = v + N(0, noise²), and a choice of all units whose prediction
/// exceeds a price. Given m, v is normal with mean μ + k·(m − μ), k = spread² / (spread² + noise²), so that selection on m does not bend
/// it: for μ = 0 the factor is k whatever the price.
/// </summary>
internal sealed class NoisyChoice(int seed, double mean, double spread, double noise)
{
    private readonly Random _random = new(seed);

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public double Uniform() => _random.NextDouble();

    public (double[] True, double[] Predicted) Draw(int units)
    {
        double[] value = new double[units], predicted = new double[units];
        for (var unit = 0; unit < units; unit++)
        {
            value[unit] = mean + spread * Normal();
            predicted[unit] = value[unit] + noise * Normal();
        }

        return (value, predicted);
    }

    /// <summary>The dual price of a budget that pays for <paramref name="share"/> of the units: what the best one left out was worth.</summary>
    public static double Price(double[] predicted, double share) => predicted.OrderDescending().ElementAt((int)(share * predicted.Length));
}
