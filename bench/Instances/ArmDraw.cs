using Noah.Experimentation.Statistics;

namespace Noah.Bench.Instances;

/// <summary>One arm of a zero-inflated experiment: each unit converts with a small probability and then spends a lognormal amount.</summary>
/// <param name="Units">Units of the arm.</param>
/// <param name="Rate">Probability of converting.</param>
/// <param name="LogMean">Mean of the logarithm of an amount.</param>
internal sealed record ArmDraw(int Units, double Rate, double LogMean)
{
    /// <summary>Standard deviation of the logarithm of an amount, as in noah.md §7.3: the mean is three times the median.</summary>
    private const double LogDeviation = 1.5;

    public ZeroInflatedSample Sample(Random random)
    {
        // Gaps between converters are geometric, so that a draw costs as many numbers as there are converters, not units.
        var amounts = new List<double>();
        var perGap = Math.Log(1 - Rate);
        for (var unit = Gap(); unit < Units; unit += 1 + Gap())
        {
            amounts.Add(Math.Exp(LogMean + LogDeviation * Normal(random)));
        }

        return ZeroInflatedSample.FromPositives([.. amounts], Units - amounts.Count);

        double Gap() => Math.Floor(Math.Log(1 - random.NextDouble()) / perGap);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
