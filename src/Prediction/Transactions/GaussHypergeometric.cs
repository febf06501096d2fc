namespace Noah.Prediction.Transactions;

/// <summary>The series of Gauss' 2F1.</summary>
internal static class GaussHypergeometric
{
    private const int MaxTerms = 1_000_000;
    private const double Large = 1e200;

    /// <summary>2F1(a, b; c; z) for z in [0, 1) and c no whole number ≤ 0: value × exp(logScale), so that it cannot overflow.</summary>
    public static (double Value, double LogScale) Scaled(double a, double b, double c, double z)
    {
        double term = 1, sum = 1, logScale = 0;
        for (int n = 0; n < MaxTerms; n++)
        {
            double ratio = (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
            term *= ratio;
            sum += term;
            if (Math.Abs(sum) > Large || Math.Abs(term) > Large)
            {
                (term, sum, logScale) = (term / Large, sum / Large, logScale + Math.Log(Large));
            }
            // Beyond this point the terms fall at least as fast as a geometric series of this ratio.
            if (Math.Abs(ratio) < 1 && Math.Abs(term) <= 1e-16 * Math.Abs(sum) * (1 - Math.Abs(ratio)))
            {
                break;
            }
        }
        return (sum, logScale);
    }
}
