namespace Noah.Prediction.Transactions;

/// <summary>Logarithm of the gamma function and its derivative for positive arguments, to about 1e-14 relative.</summary>
internal static class GammaFunctions
{
    // Stirling's series (Abramowitz and Stegun 6.1.41 and 6.3.18) leaves less than 1e-16 beyond it.
    private const double Asymptotic = 12;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    public static double LogGamma(double x)
    {
        double shift = 1;
        for (; x < Asymptotic; x++)
        {
            shift *= x;
        }
        double inverse = 1 / (x * x);
        double series = 1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse * (1.0 / 1188))));
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + series / x - Math.Log(shift);
    }

    public static double Digamma(double x)
    {
        double shift = 0;
        for (; x < Asymptotic; x++)
        {
            shift += 1 / x;
        }
        double inverse = 1 / (x * x);
        double series = inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse * (1.0 / 240 - inverse * (1.0 / 132)))));
        return Math.Log(x) - 0.5 / x - series - shift;
    }
}
