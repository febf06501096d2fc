using MathNet.Numerics;

namespace Noah.Heuristics.Content;

/// <summary>A Beta distribution on the logit scale, where its density is smooth and falls off exponentially even for parameters below
/// 1.</summary>
internal readonly record struct BetaPosterior(double Alpha, double Beta)
{
    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>Mean of the logit: ψ(α) − ψ(β).</summary>
    public double LogitMean => SpecialFunctions.DiGamma(Alpha) - SpecialFunctions.DiGamma(Beta);

    /// <summary>Bound of the logit's standard deviation: ψ′(a) ≤ 1/a + 1/a².</summary>
    public double LogitScale => Math.Sqrt((1 / Alpha) + (1 / (Alpha * Alpha)) + (1 / Beta) + (1 / (Beta * Beta)));

    /// <summary>Density of the logit: x^α (1 − x)^β / B(α, β) at x = sigmoid(z).</summary>
    public double LogitDensity(double z) =>
        Math.Exp((Alpha * LogSigmoid(z)) + (Beta * LogSigmoid(-z)) - SpecialFunctions.BetaLn(Alpha, Beta));

    /// <summary>P(logit ≤ z).</summary>
    public double LogitCumulative(double z)
    {
        var x = Math.Exp(LogSigmoid(z));
        return x >= 1 ? 1 : SpecialFunctions.BetaRegularized(Alpha, Beta, x);
    }

    private static double LogSigmoid(double z) => z < 0 ? z - Math.Log(1 + Math.Exp(z)) : -Math.Log(1 + Math.Exp(-z));
}
