using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Losses;

/// <summary>
/// Zero-inflated mixture of K lognormals over H rising horizons, of which K = H = 1 is <see cref="Ziln"/> with the same outputs. Our own
/// design: a mixture after Wang, Liu, Miao 2019's remark on heavier tails, horizons monotone by construction. Outputs per row:
/// q (H) logits of the first amount falling into a horizon, given none before | μ of the lowest component | s (K), σ = softplus(s) |
/// logits of the weights (K; none for K = 1) | gaps (K − 1), softplus of which is the distance to the next component | shifts (H − 1),
/// softplus of which moves all components up from one horizon to the next.
/// P(amount) = 1 − Π (1 − sigmoid(q)) rises and the components only move up, so that mean and every quantile rise with the horizon. Ordered
/// components mean the same in every fold's network, so that their outputs can be averaged.
/// </summary>
internal sealed record LognormalMixture(int Components, int Horizons)
{
    private const double MinSigma = 1e-3, MaxSigma = 3;
    private static readonly Scalar LowestSigma = MinSigma, HighestSigma = MaxSigma, SmallestAmount = float.Epsilon;
    private static readonly Scalar HalfLogTwoPi = 0.5 * Math.Log(2 * Math.PI);

    public int Outputs => 2 * Horizons + (Components > 1 ? 3 * Components - 1 : 1);

    private int Spread => Horizons + 1;

    private int Weight => Spread + Components;

    private int Gap => Components > 1 ? Weight + Components : Weight;

    private int Shift => Gap + Components - 1;

    /// <param name="outputs">(batch, Outputs).</param>
    /// <param name="amounts">(batch, horizons), ≥ 0, not falling.</param>
    /// <returns>Mean over rows and horizons of the negative log likelihood, a scalar.</returns>
    public Tensor Loss(Tensor outputs, Tensor amounts)
    {
        if (Components == 1 && Horizons == 1)
        {
            return Ziln.Loss(outputs, amounts.select(1, 0));
        }
        var positive = amounts.gt(Scalars.Zero).to(ScalarType.Float32); // (batch, horizons)
        var logit = outputs.narrow(1, 0, Horizons);
        var entropy = binary_cross_entropy_with_logits(logit, positive, reduction: nn.Reduction.None);
        if (Horizons > 1)
        {
            // Who had an amount before has nothing left to tell of when the first one comes.
            var before = positive.narrow(1, 0, Horizons - 1).neg().Plus(Scalars.One);
            entropy = cat([entropy.narrow(1, 0, 1), entropy.narrow(1, 1, Horizons - 1) * before], 1);
        }
        var logAmount = amounts.clamp_min(SmallestAmount).log() * positive; // (batch, horizons), 0 where there is no amount
        var mu = outputs.narrow(1, Horizons, 1); // (batch, 1)
        if (Components > 1)
        {
            mu = cat([mu, mu.Plus(Softplus(outputs.narrow(1, Gap, Components - 1)).cumsum(1))], 1); // (batch, components)
        }
        mu = mu.unsqueeze(1); // (batch, 1, components)
        if (Horizons > 1)
        {
            var shift = Softplus(outputs.narrow(1, Shift, Horizons - 1)).cumsum(1).unsqueeze(2); // (batch, horizons − 1, 1)
            mu = cat([mu, mu.Plus(shift)], 1); // (batch, horizons, components)
        }
        var sigma = Softplus(outputs.narrow(1, Spread, Components)).clamp(LowestSigma, HighestSigma).unsqueeze(1);
        var standardized = logAmount.unsqueeze(2).Minus(mu) / sigma; // (batch, horizons, components)
        var density = (standardized * standardized).mul(Scalars.Half).Plus(sigma.log()).neg();
        if (Components > 1)
        {
            density = density.Plus(log_softmax(outputs.narrow(1, Weight, Components), 1).unsqueeze(1));
        }
        var cost = logAmount.Plus(HalfLogTwoPi).Minus(density.logsumexp(2)); // (batch, horizons)
        return entropy.Plus(positive * cost).mean();
    }

    /// <summary>The distribution at every horizon; μ of each component is cut at the bound, see <see cref="Ziln"/>.</summary>
    public MixtureParameters[] Read(ReadOnlySpan<float> outputs, double maxMu)
    {
        double[] mu = new double[Components], sigma = new double[Components], weights = new double[Components];
        double total = 0, highest = double.NegativeInfinity;
        for (int k = 0; k < Components; k++)
        {
            mu[k] = k == 0 ? outputs[Horizons] : mu[k - 1] + Softplus(outputs[Gap + k - 1]);
            sigma[k] = Math.Clamp(Softplus(outputs[Spread + k]), MinSigma, MaxSigma);
            weights[k] = Components > 1 ? outputs[Weight + k] : 0;
            highest = Math.Max(highest, weights[k]);
        }
        for (int k = 0; k < Components; k++)
        {
            weights[k] = Math.Exp(weights[k] - highest);
            total += weights[k];
        }
        weights = [.. weights.Select(weight => weight / total)];
        var horizons = new MixtureParameters[Horizons];
        double none = 1, shift = 0;
        for (int h = 0; h < Horizons; h++)
        {
            none *= 1 / (1 + Math.Exp(outputs[h]));
            shift += h == 0 ? 0 : Softplus(outputs[Shift + h - 1]);
            double positive = h == 0 ? 1 / (1 + Math.Exp(-outputs[0])) : 1 - none;
            horizons[h] = new MixtureParameters(positive, weights, [.. mu.Select(m => Math.Min(m + shift, maxMu))], sigma);
        }
        return horizons;
    }

    /// <summary>Outputs that say the same of every row.</summary>
    /// <param name="hazards">[horizons] share whose first amount falls into the horizon, of those without one before; in (0, 1).</param>
    /// <param name="mu">Mean logarithm of the first horizon's amounts.</param>
    /// <param name="sigma">Deviation of the logarithms, &gt; 0.</param>
    /// <param name="shifts">[horizons − 1] by which the mean logarithm rises from horizon to horizon.</param>
    public float[] Start(double[] hazards, double mu, double sigma, double[] shifts)
    {
        var start = new float[Outputs];
        // Components of equal weight and distance: half of the variance between them, half within.
        double gap = Components > 1 ? sigma * Math.Sqrt(6.0 / (Components * Components - 1)) : 0;
        double own = Components > 1 ? sigma * Math.Sqrt(0.5) : sigma;
        for (int h = 0; h < Horizons; h++)
        {
            start[h] = (float)Math.Log(hazards[h] / (1 - hazards[h]));
        }
        start[Horizons] = (float)(mu - gap * (Components - 1) / 2);
        start.AsSpan(Spread, Components).Fill((float)Ziln.InverseSoftplus(own));
        if (Components > 1)
        {
            start.AsSpan(Gap, Components - 1).Fill((float)Ziln.InverseSoftplus(gap));
        }
        for (int h = 1; h < Horizons; h++)
        {
            start[Shift + h - 1] = (float)Ziln.InverseSoftplus(Math.Max(0.01, shifts[h - 1]));
        }
        return start;
    }

    private static Tensor Softplus(Tensor raw) => relu(raw).Plus(raw.abs().neg().exp().log1p());

    private static double Softplus(double x) => x > 20 ? x : Math.Log(1 + Math.Exp(x));
}
