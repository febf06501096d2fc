using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests;

/// <summary>Seeded draws for simulations.</summary>
internal static class Draw
{
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double LogNormal(Random random, double mu, double sigma) => Math.Exp(mu + (sigma * Normal(random)));

    public static double AbsoluteCauchy(Random random, double shift) => Math.Abs(Math.Tan(Math.PI * (random.NextDouble() - 0.5)) + shift);

    /// <summary>Successes are found by geometric gaps, so that a rate of 0.1 % in 40,000 units costs 40 draws.</summary>
    public static ZeroInflatedSample ZeroInflated(Random random, int count, double rate, Func<Random, double> amount)
    {
        var positives = new List<double>();
        var logStay = Math.Log(1 - rate);
        for (var unit = Gap(random, logStay); unit < count; unit += 1 + Gap(random, logStay))
        {
            positives.Add(amount(random));
        }

        return ZeroInflatedSample.FromPositives(positives.ToArray(), count - positives.Count);
    }

    private static long Gap(Random random, double logStay) => (long)Math.Min(1e15, Math.Log(1 - random.NextDouble()) / logStay);
}
