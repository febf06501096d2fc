namespace Noah.Heuristics.Content;

/// <summary>
/// Beta-Bernoulli Thompson sampling over content variants with exact propensities (noah.md §4.2, small-data form): a variant is chosen
/// with the probability that it is the best one, mixed with an even floor. Choosing by those probabilities has the same law as drawing
/// from the posteriors, but the propensity is known rather than simulated. Immutable.
/// </summary>
public sealed class ThompsonSampling
{
    private readonly double[] _bestProbabilities;
    private readonly double[] _propensities;
    private readonly double[] _posteriorMeans;

    /// <summary>Forms the posteriors and integrates.</summary>
    /// <param name="variants">Matured counts of each variant, at least one; shape [variants].</param>
    /// <param name="options">Prior and floor; null for the defaults.</param>
    /// <exception cref="ArgumentException">No variant, a count that is not finite or outside its interval, or an option out of
    /// range.</exception>
    public ThompsonSampling(ReadOnlySpan<VariantCounts> variants, ThompsonOptions? options = null)
    {
        options ??= new ThompsonOptions();
        options.Validate();
        if (variants.IsEmpty)
        {
            throw new ArgumentException("At least one variant is needed.", nameof(variants));
        }

        var posteriors = new BetaPosterior[variants.Length];
        for (var i = 0; i < variants.Length; i++)
        {
            var (trials, successes) = variants[i];
            if (!(double.IsFinite(trials) && successes >= 0 && successes <= trials))
            {
                throw new ArgumentOutOfRangeException(nameof(variants), $"Variant {i}: successes {successes} must lie in [0, trials] and trials {trials} be finite.");
            }

            posteriors[i] = new BetaPosterior(options.PriorSuccesses + successes, options.PriorFailures + trials - successes);
        }

        _posteriorMeans = Array.ConvertAll(posteriors, posterior => posterior.Mean);
        _bestProbabilities = BestProbability.Of(posteriors);
        _propensities = Array.ConvertAll(_bestProbabilities, best => ((1 - options.FloorShare) * best) + (options.FloorShare / posteriors.Length));
    }

    /// <summary>Posterior mean rate of each variant; shape [variants].</summary>
    public ReadOnlySpan<double> PosteriorMeans => _posteriorMeans;

    /// <summary>Probability that each variant has the greatest rate; sums to 1; shape [variants].</summary>
    public ReadOnlySpan<double> BestProbabilities => _bestProbabilities;

    /// <summary>Probability with which each variant is chosen, floor included; sums to 1; shape [variants].</summary>
    public ReadOnlySpan<double> Propensities => _propensities;

    /// <summary>Chooses a variant.</summary>
    /// <param name="uniform">A uniform number in [0, 1), for example a salted hash of the member.</param>
    /// <returns>The variant and its propensity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The draw lies outside [0, 1).</exception>
    public VariantChoice Choose(double uniform)
    {
        UniformDraw.Check(uniform, nameof(uniform));
        var variant = UniformDraw.Pick(_propensities, uniform);
        return new VariantChoice(variant, _propensities[variant]);
    }
}
