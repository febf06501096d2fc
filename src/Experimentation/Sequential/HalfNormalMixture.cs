using MathNet.Numerics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// One-sided normal mixture (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, one-sided normal mixture). For a Brownian score S
/// at information v the mixture of likelihood ratios over drifts |N(0, 1/r)| is
/// M(S, v) = 2 √(r / (v + r)) exp(S² / (2 (v + r))) Φ(S / √(v + r)),
/// a martingale of mean one, so M reaches 1/α with probability α at most, however often one looks (Ville 1939).
/// </summary>
internal static class HalfNormalMixture
{
    /// <summary>log M; the smallest level at which the score is significant is e to minus this.</summary>
    internal static double LogValue(double score, double information, double scale)
    {
        var total = information + scale;
        var z = score / Math.Sqrt(total);

        // 2 Φ(z) = erfc(−z/√2); below −37 it underflows and nothing is significant there.
        return (0.5 * Math.Log(scale / total)) + (z * z / 2) + Math.Log(SpecialFunctions.Erfc(-Math.Max(z, -37) / Constants.Sqrt2));
    }

    /// <summary>The score at which M = 1/α.</summary>
    internal static double Height(double information, double alpha, double scale)
    {
        var total = information + scale;
        var target = Math.Log(1 / alpha) + (0.5 * Math.Log(total / scale));

        // log M without its constant is convex in z and the start lies right of the root, so Newton descends without overshoot.
        var z = Math.Sqrt(2 * target);
        for (var i = 0; i < 100; i++)
        {
            var twoPhi = SpecialFunctions.Erfc(-z / Constants.Sqrt2);
            var slope = z + (2 * Math.Exp(-z * z / 2) / (Constants.Sqrt2Pi * twoPhi));
            var step = ((z * z / 2) + Math.Log(twoPhi) - target) / slope;
            z -= step;
            if (Math.Abs(step) < 1e-13 * (1 + Math.Abs(z)))
            {
                break;
            }
        }

        return z * Math.Sqrt(total);
    }
}
