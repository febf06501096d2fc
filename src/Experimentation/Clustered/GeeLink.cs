namespace Noah.Experimentation.Clustered;

/// <summary>Canonical links: derivative of the mean in the linear predictor equals the variance function.</summary>
internal static class GeeLink
{
    internal static double Mean(ResponseFamily family, double predictor) => family switch
    {
        ResponseFamily.Binomial => 1 / (1 + Math.Exp(-predictor)),
        ResponseFamily.Poisson => Math.Exp(Math.Min(predictor, 700)),
        _ => predictor,
    };

    internal static double Predictor(ResponseFamily family, double mean) => family switch
    {
        ResponseFamily.Binomial => Math.Log(mean / (1 - mean)),
        ResponseFamily.Poisson => Math.Log(mean),
        _ => mean,
    };

    internal static double Variance(ResponseFamily family, double mean) => family switch
    {
        ResponseFamily.Binomial => Math.Max(1e-300, mean * (1 - mean)),
        ResponseFamily.Poisson => Math.Max(1e-300, mean),
        _ => 1,
    };
}
