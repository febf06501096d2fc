using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Adjustment;

/// <summary>
/// Doubly robust rank test for groups that were not, or not quite, randomised (arXiv 2505.08128): δ = P(Y¹ &gt; Y⁰) + ½ P(equal), consistent if
/// either the propensity model π(w) or the model g(w_i, w_j) of a treated unit beating an untreated one is right. For an ordered pair
/// φ_ij = z_i (1 − z_j) / (π_i (1 − π_j)) · (I_ij − g_ij) + g_ij with I ties half; δ is the mean of φ, its error that of the influence function, which
/// holds with a wrong model too.
/// </summary>
/// <remarks>
/// Both models are logistic and solved by their own equations before δ, where the authors solve all three together: the error below accounts for it,
/// and nothing iterates over pairs twice. Large samples use a balanced subset of pairs (incomplete U statistic, Blom 1976).
/// </remarks>
public static class GeneralizedU
{
    /// <summary>Compares treated and untreated units.</summary>
    /// <param name="outcomes">[units], finite.</param>
    /// <param name="treated">[units].</param>
    /// <param name="covariates">[units × covariates], row-major, finite: what the assignment and the outcome depend on.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentException">Lengths do not fit or a value is not finite; the message names its index.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static GeneralizedUResult Compare(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<bool> treated, ReadOnlySpan<double> covariates, GeneralizedUOptions? options = null)
    {
        options ??= new GeneralizedUOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.AtLeast(options.Partners, 1, nameof(options.Partners));
        if (!(options.PropensityFloor > 0 && options.PropensityFloor < 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.PropensityFloor, "PropensityFloor must lie in (0, 0.5).");
        }

        Require.Length(treated.Length, outcomes.Length, nameof(treated));
        var width = outcomes.Length == 0 ? 0 : covariates.Length / outcomes.Length;
        Require.Length(covariates.Length, (long)width * outcomes.Length, nameof(covariates));
        Require.Finite(outcomes, nameof(outcomes));
        Require.Finite(covariates, nameof(covariates));

        var pairs = new UnitPairs(outcomes.ToArray(), treated.ToArray(), covariates.ToArray(), width, options);
        if (pairs.Treated < width + 2 || outcomes.Length - pairs.Treated < width + 2)
        {
            return Missing(TestStatus.TooFewObservations);
        }

        // Where one group always wins, or covariates separate the groups, a model has no finite solution.
        if (pairs.FitModels() is not { } models)
        {
            return Missing(TestStatus.NoVariation);
        }

        var delta = pairs.Effect(models);
        var error = Math.Sqrt(pairs.Variance(models, delta));
        if (!(error > 0))
        {
            return Missing(TestStatus.NoVariation);
        }

        var z = (delta - 0.5) / error;
        var half = Tails.NormalCritical(options.Confidence) * error;
        return new GeneralizedUResult(
            TestStatus.Computed,
            delta,
            error,
            z,
            Tails.NormalTwoSided(z),
            delta is > 0 and < 1 ? MannWhitneyTest.LogitInterval(delta, error, options.Confidence) : Interval.Around(delta, half),
            pairs.Count,
            pairs.Trimmed);
    }

    private static GeneralizedUResult Missing(TestStatus status) => new(status, null, null, null, null, null, 0, 0);
}
