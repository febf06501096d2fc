using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Losses;

/// <summary>The parameters of one zero-inflated lognormal: amount = 0 with probability 1 − Positive, else lognormal(Mu, Sigma).</summary>
internal readonly record struct ZilnParameters(double Positive, double Mu, double Sigma)
{
    public double Mean => Positive * Math.Exp(Mu + Sigma * Sigma / 2);

    /// <summary>The amount that is not exceeded with the given probability, in (0, 1).</summary>
    public double Quantile(double probability)
    {
        double share = (probability - (1 - Positive)) / Positive;
        return share > 0 ? Math.Exp(Mu + Sigma * NormalQuantile.Of(share)) : 0;
    }
}

/// <summary>
/// Zero-inflated lognormal loss and its reading (Wang, Liu, Miao 2019, arXiv 1912.07753, equations 2 to 4). Outputs per row: logit of a
/// positive amount, mu, and s with sigma = softplus(s). Departure: sigma stays in [0.001, 3] and, when read, mu under the training data's
/// 99.9th percentile of log amounts, because the mean exp(mu + sigma²/2) of one stray row would otherwise outweigh all others.
/// </summary>
internal static class Ziln
{
    public const int Outputs = 3;
    private const double MinSigma = 1e-3, MaxSigma = 3;
    private static readonly Scalar LowestSigma = MinSigma, HighestSigma = MaxSigma, SmallestAmount = float.Epsilon;
    private static readonly Scalar HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    /// <param name="outputs">(batch, 3).</param>
    /// <param name="amounts">(batch), ≥ 0.</param>
    /// <returns>Mean negative log likelihood, a scalar.</returns>
    public static Tensor Loss(Tensor outputs, Tensor amounts)
    {
        var positive = amounts.gt(Scalars.Zero).to(ScalarType.Float32);
        var logAmount = amounts.clamp_min(SmallestAmount).log() * positive; // (batch), 0 where there is no amount
        var raw = outputs.select(1, 2);
        var sigma = relu(raw).Plus(raw.abs().neg().exp().log1p()).clamp(LowestSigma, HighestSigma); // softplus, stable on both sides
        var standardized = logAmount.Minus(outputs.select(1, 1)) / sigma;
        var density = logAmount.Plus(sigma.log()).Plus(HalfLogTwoPi).Plus((standardized * standardized).mul(Scalars.Half));
        return binary_cross_entropy_with_logits(outputs.select(1, 0), positive).Plus((positive * density).mean());
    }

    public static ZilnParameters Read(ReadOnlySpan<float> outputs, double maxMu) => new(
        1 / (1 + Math.Exp(-outputs[0])),
        Math.Min(outputs[1], maxMu),
        Math.Clamp(Softplus(outputs[2]), MinSigma, MaxSigma));

    /// <summary>The s whose softplus is sigma.</summary>
    public static double InverseSoftplus(double sigma) => sigma > 20 ? sigma : Math.Log(Math.Exp(sigma) - 1);

    private static double Softplus(double x) => x > 20 ? x : Math.Log(1 + Math.Exp(x));
}
