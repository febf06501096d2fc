namespace Noah.Prediction.Transactions;

/// <summary>
/// Minus log likelihood of BG/NBD and its gradient in log r, log α, log a, log b (Fader, Hardie, Lee 2005, equation 6, and section 7's way
/// through A1 to A4). Customers with the same summary are summed once.
/// </summary>
internal sealed class BgNbdLikelihood
{
    private readonly (int Frequency, double Recency, double Age, double Count)[] _groups;

    // Gamma functions depend on the frequency alone, of which there are few.
    private readonly (int Frequency, double Count)[] _frequencies;

    public BgNbdLikelihood(IEnumerable<CustomerSummary> customers)
    {
        _groups =
        [
            .. customers.CountBy(c => (c.Frequency, c.Recency, c.Age)).OrderBy(group => group.Key)
                .Select(group => (group.Key.Frequency, group.Key.Recency, group.Key.Age, (double)group.Value)),
        ];
        _frequencies = [.. _groups.GroupBy(g => g.Frequency).Select(g => (g.Key, g.Sum(group => group.Count)))];
    }

    public double Loss(ReadOnlySpan<double> logParameters, Span<double> gradient)
    {
        double r = Math.Exp(logParameters[0]), alpha = Math.Exp(logParameters[1]);
        double a = Math.Exp(logParameters[2]), b = Math.Exp(logParameters[3]);
        double value = 0, byR = 0, byAlpha = 0, byA = 0, byB = 0;
        double logGammaR = GammaFunctions.LogGamma(r), digammaR = GammaFunctions.Digamma(r);
        double logBeta = GammaFunctions.LogGamma(a + b) - GammaFunctions.LogGamma(b);
        double digammaSum = GammaFunctions.Digamma(a + b), digammaB = GammaFunctions.Digamma(b);
        foreach (var (x, count) in _frequencies)
        {
            value += count * (GammaFunctions.LogGamma(r + x) - logGammaR + r * logParameters[1]
                + logBeta + GammaFunctions.LogGamma(b + x) - GammaFunctions.LogGamma(a + b + x));
            double digammaAll = GammaFunctions.Digamma(a + b + x);
            byR += count * (GammaFunctions.Digamma(r + x) - digammaR + logParameters[1]);
            byAlpha += count * r / alpha;
            byA += count * (digammaSum - digammaAll);
            byB += count * (digammaSum - digammaB + GammaFunctions.Digamma(b + x) - digammaAll);
        }
        foreach (var (x, recency, age, count) in _groups)
        {
            double logAlive = -(r + x) * Math.Log(alpha + age), weightGone = 0;
            if (x > 0)
            {
                double logGone = logParameters[2] - Math.Log(b + x - 1) - (r + x) * Math.Log(alpha + recency);
                double higher = Math.Max(logAlive, logGone);
                double both = higher + Math.Log(Math.Exp(logAlive - higher) + Math.Exp(logGone - higher));
                weightGone = Math.Exp(logGone - both);
                value += count * both;
                byA += count * weightGone / a;
                byB -= count * weightGone / (b + x - 1);
            }
            else
            {
                value += count * logAlive;
            }
            byR -= count * ((1 - weightGone) * Math.Log(alpha + age) + weightGone * Math.Log(alpha + recency));
            byAlpha -= count * (r + x) * ((1 - weightGone) / (alpha + age) + weightGone / (alpha + recency));
        }
        (gradient[0], gradient[1], gradient[2], gradient[3]) = (-r * byR, -alpha * byAlpha, -a * byA, -b * byB);
        return -value;
    }
}
