namespace Noah.Prediction.Diagnostics;

/// <summary>
/// Rates between which stochastic descent stops being linearly stable in mean square (Dexter et al., arXiv 2401.12332), for steps
/// J = I − (η/B) Σ_{i∈S} H_i where each of n examples is in S with probability B/n.
/// </summary>
/// <param name="Sharpness">λ₁ of the mean Hessian, above 0.</param>
/// <param name="Coherence">σ = λ₁(S) / max_i λ₁(H_i), S_ij = sqrt(tr(H_i H_j)); in [1, n].</param>
/// <param name="SafeRate">
/// (2 / λ₁) · σ / (σ + n/B − 1): up to it the paper has stable families. It is the exact boundary where all examples share one direction and
/// where none shares any; in between, the boundary was above it in all settings measured.
/// </param>
/// <param name="DivergentRate">min(2, σ (n/B − 1)^−½) / λ₁: from it on, descent diverges in mean square whatever the family.</param>
public sealed record StabilityBounds(double Sharpness, double Coherence, double SafeRate, double DivergentRate)
{
    /// <summary>The bounds from sharpness and coherence.</summary>
    /// <param name="sharpness">λ₁ of the mean Hessian, finite and above 0.</param>
    /// <param name="coherence">σ, in [1, examples].</param>
    /// <param name="examples">n, at least 1.</param>
    /// <param name="batch">B, in (0, n].</param>
    /// <param name="momentum">
    /// β of steps along the average (1 − β) Σ β^k g of past gradients, as Adam's; in [0, 1), default 0. Theory knows only 0. Above it, the
    /// curvature's bound is that of full batches, 2 (1 + β) / (1 − β) / λ₁ (38 / λ₁ for 0.9), and the noise's bound stays, because noise
    /// that repeats over many steps passes an average undiminished.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static StabilityBounds Of(double sharpness, double coherence, double examples, double batch, double momentum = 0)
    {
        Require(sharpness > 0 && double.IsFinite(sharpness), sharpness, nameof(sharpness), "finite and above 0");
        Require(examples >= 1, examples, nameof(examples), "at least 1");
        Require(coherence >= 1 && coherence <= examples, coherence, nameof(coherence), "in [1, examples]");
        Require(batch > 0 && batch <= examples, batch, nameof(batch), "in (0, examples]");
        Require(momentum is >= 0 and < 1, momentum, nameof(momentum), "in [0, 1)");
        double noise = examples / batch - 1, ceiling = 2 * (1 + momentum) / (1 - momentum);
        double divergent = Math.Min(ceiling, noise > 0 ? coherence / Math.Sqrt(noise) : double.PositiveInfinity) / sharpness;
        // With momentum the noise's bound can lie under the other's converse; the safe rate is then the divergent one.
        double safe = Math.Min(ceiling / sharpness * coherence / (coherence + noise), divergent);
        return new StabilityBounds(sharpness, coherence, safe, divergent);
    }

    /// <summary>Where a rate lies.</summary>
    /// <param name="rate">Above 0.</param>
    public StabilityState StateOf(double rate) =>
        rate < SafeRate ? StabilityState.Stable : rate <= DivergentRate ? StabilityState.Watch : StabilityState.Unstable;

    private static void Require(bool condition, double value, string name, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(name, value, $"The {name} must be {allowed}.");
        }
    }
}
