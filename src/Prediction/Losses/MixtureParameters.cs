namespace Noah.Prediction.Losses;

/// <summary>
/// The parameters of one zero-inflated mixture of lognormals: amount = 0 with probability 1 − Positive, else lognormal(Mu[k], Sigma[k]) with
/// probability Weights[k].
/// </summary>
internal sealed record MixtureParameters(double Positive, double[] Weights, double[] Mu, double[] Sigma)
{
    private const int MaxSteps = 200;
    private const double Tolerance = 1e-10;

    public double Mean => Positive * MeanOfPositive;

    public double MeanOfPositive
    {
        get
        {
            double mean = 0;
            for (int k = 0; k < Weights.Length; k++)
            {
                mean += Weights[k] * Math.Exp(Mu[k] + Sigma[k] * Sigma[k] / 2);
            }
            return mean;
        }
    }

    /// <summary>The same shape with another probability of an amount and another mean, both above 0.</summary>
    public MixtureParameters Moved(double positive, double mean)
    {
        double shift = Math.Log(mean / positive) - Math.Log(MeanOfPositive);
        return this with { Positive = positive, Mu = [.. Mu.Select(mu => mu + shift)] };
    }

    /// <summary>The amount that is not exceeded with the given probability, in (0, 1).</summary>
    public double Quantile(double probability)
    {
        double share = (probability - (1 - Positive)) / Positive;
        if (share <= 0)
        {
            return 0;
        }
        double normal = NormalQuantile.Of(share), low = double.PositiveInfinity, high = double.NegativeInfinity;
        // The mixture's quantile lies between the smallest and the largest of its components'.
        for (int k = 0; k < Weights.Length; k++)
        {
            low = Math.Min(low, Mu[k] + Sigma[k] * normal);
            high = Math.Max(high, Mu[k] + Sigma[k] * normal);
        }
        double at = (low + high) / 2;
        for (int step = 0; step < MaxSteps && high - low > Tolerance; step++)
        {
            var (below, density) = LogDistribution(at);
            (low, high) = below < share ? (at, high) : (low, at);
            double newton = at - (below - share) / density;
            // Newton where it stays inside the bracket and has somewhere to go, bisection elsewhere.
            double next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.Abs(next - at) <= Tolerance)
            {
                return Math.Exp(next);
            }
            at = next;
        }
        return Math.Exp(at);
    }

    /// <summary>Distribution function and density of a positive amount's logarithm.</summary>
    private (double Below, double Density) LogDistribution(double logAmount)
    {
        double below = 0, density = 0;
        for (int k = 0; k < Weights.Length; k++)
        {
            double z = (logAmount - Mu[k]) / Sigma[k];
            below += Weights[k] * NormalDistribution.Cumulative(z);
            density += Weights[k] * NormalDistribution.Density(z) / Sigma[k];
        }
        return (below, density);
    }
}
