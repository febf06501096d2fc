namespace Noah.Prediction.Losses;

/// <summary>The standard normal distribution function: the series of Marsaglia 2004, to about 1e-15.</summary>
internal static class NormalDistribution
{
    private const double Furthest = 8;
    private static readonly double InverseRootTwoPi = 1 / Math.Sqrt(2 * Math.PI);

    public static double Density(double x) => InverseRootTwoPi * Math.Exp(-0.5 * x * x);

    public static double Cumulative(double x)
    {
        if (Math.Abs(x) > Furthest)
        {
            return x > 0 ? 1 : 0;
        }
        double term = x, sum = x;
        for (int i = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum); i += 2)
        {
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Density(x);
    }
}
