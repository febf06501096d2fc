namespace Noah.Prediction.Losses;

/// <summary>Inverse of the standard normal distribution function: Acklam's rational approximation, relative error under 1.2e-9.</summary>
internal static class NormalQuantile
{
    private const double Tail = 0.02425;

    private static readonly double[] A =
    [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01,
        2.506628277459239,
    ];

    private static readonly double[] B =
        [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1];

    private static readonly double[] C =
        [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];

    private static readonly double[] D = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1];

    public static double Of(double probability)
    {
        if (probability < Tail)
        {
            return InTail(probability);
        }
        if (probability > 1 - Tail)
        {
            return -InTail(1 - probability);
        }
        double q = probability - 0.5, r = q * q;
        return q * Polynomial(A, r) / Polynomial(B, r);
    }

    private static double InTail(double probability)
    {
        double q = Math.Sqrt(-2 * Math.Log(probability));
        return Polynomial(C, q) / Polynomial(D, q);
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double value = 0;
        foreach (double coefficient in coefficients)
        {
            value = value * x + coefficient;
        }
        return value;
    }
}
