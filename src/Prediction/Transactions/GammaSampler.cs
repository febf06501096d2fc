namespace Noah.Prediction.Transactions;

/// <summary>Draws from gamma and beta distributions (Marsaglia and Tsang 2000; shapes below 1 by a power of a uniform).</summary>
internal static class GammaSampler
{
    /// <summary>A draw of gamma(shape, scale 1); shape above 0.</summary>
    public static double Gamma(Random random, double shape)
    {
        if (shape < 1)
        {
            return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal(random), cubed = 1 + c * normal;
            cubed *= cubed * cubed;
            if (cubed > 0 && Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * cubed + d * Math.Log(cubed))
            {
                return d * cubed;
            }
        }
    }

    public static double Beta(Random random, double a, double b)
    {
        double first = Gamma(random, a), second = Gamma(random, b);
        return first + second > 0 ? first / (first + second) : 0.5;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
