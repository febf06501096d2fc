using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>
/// Boundaries for a few looks at known shares of the information. Scores are Brownian in the information, Z_k = S_k / √t_k; each look's
/// bound spends what the spending function allows (Lan and DeMets 1983), by the recursive integration of Armitage, McPherson and Rowe
/// (1969) with Jennison and Turnbull's nodes (2000, chapter 19). Looks may come at other shares than planned: the bounds of the looks that
/// were are kept, the next follow from its share.
/// </summary>
/// <remarks>
/// Futility is non-binding: efficacy bounds do not lean on it, so an experiment may go on below. It spends β the same way
/// under the drift that gives the wanted power (Pampallona, Tsiatis and Kim 2001).
/// </remarks>
public static class GroupSequentialDesign
{
    /// <summary>Efficacy bounds.</summary>
    /// <param name="shares">Information at each look over the final, rising, each in (0, 1].</param>
    /// <param name="alpha">One-sided error in (0, 0.5); a two-sided design takes half of its error, for each of ±bound.</param>
    /// <param name="spending">Spending function; default O'Brien-Fleming.</param>
    /// <returns>One look per share, without futility.</returns>
    /// <exception cref="ArgumentException">The shares do not rise within (0, 1].</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is outside (0, 0.5).</exception>
    public static IReadOnlyList<GroupSequentialLook> Bounds(
        ReadOnlySpan<double> shares, double alpha, AlphaSpending spending = AlphaSpending.OBrienFleming)
    {
        Check(shares, alpha, nameof(alpha));
        var density = StageDensity.Start;
        var looks = new GroupSequentialLook[shares.Length];
        var spent = 0.0;
        for (var k = 0; k < looks.Length; k++)
        {
            var target = spending.Spent(alpha, shares[k]);
            var stage = density;
            var share = shares[k];
            var bound = Bound(b => stage.Above(share, b), target - spent);
            looks[k] = new GroupSequentialLook(share, bound, null, target, Tails.NormalTwoSided(Math.Max(0, bound)) / 2);
            density = density.Next(share, double.NegativeInfinity, bound);
            spent = target;
        }

        return looks;
    }

    /// <summary>Efficacy bounds and beside them the non-binding futility bounds for a given power.</summary>
    /// <param name="shares">Information at each look over the final, rising, the last 1.</param>
    /// <param name="alpha">One-sided error in (0, 0.5).</param>
    /// <param name="beta">One minus the power at the drift that the design finds, in (0, 1 − α).</param>
    /// <param name="spending">Spending function of α; default O'Brien-Fleming.</param>
    /// <param name="futility">Spending function of β; default O'Brien-Fleming.</param>
    /// <exception cref="ArgumentException">The shares do not rise within (0, 1], or do not end at 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α or β is outside its range.</exception>
    public static GroupSequentialPlan WithFutility(
        ReadOnlySpan<double> shares,
        double alpha,
        double beta,
        AlphaSpending spending = AlphaSpending.OBrienFleming,
        AlphaSpending futility = AlphaSpending.OBrienFleming)
    {
        Check(shares, alpha, nameof(alpha));
        if (!(beta > 0 && beta < 1 - alpha))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "Must lie in (0, 1 − alpha).");
        }

        if (shares[^1] != 1)
        {
            throw new ArgumentException($"Ends at {shares[^1]}: a design with power must end at 1.", nameof(shares));
        }

        var times = shares.ToArray();
        var looks = Bounds(times, alpha, spending);

        // The drift at which β is all spent exactly where futility meets efficacy at the last look.
        double low = 0, high = 20;
        for (var i = 0; i < 60 && high - low > 1e-10; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = FutilityBounds(times, looks, middle, beta, futility)[^1] < looks[^1].Efficacy ? (middle, high) : (low, middle);
        }

        var bounds = FutilityBounds(times, looks, high, beta, futility);
        return new GroupSequentialPlan(high, [.. looks.Select((look, k) => look with { Futility = k == times.Length - 1 ? look.Efficacy : bounds[k] })]);
    }

    /// <summary>Probability that each look is the first to reach its efficacy bound.</summary>
    /// <param name="looks">Looks of a design.</param>
    /// <param name="drift">Expected Z at the full information: effect over its final standard error; finite. 0 gives the error spent.</param>
    /// <param name="obeyFutility">Whether the experiment ends at a futility bound; default false.</param>
    /// <returns>One probability per look; their sum is the power.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The drift is not finite.</exception>
    public static IReadOnlyList<double> CrossingProbabilities(IReadOnlyList<GroupSequentialLook> looks, double drift, bool obeyFutility = false)
    {
        ArgumentNullException.ThrowIfNull(looks);
        if (!double.IsFinite(drift))
        {
            throw new ArgumentOutOfRangeException(nameof(drift), drift, "Must be finite.");
        }

        var density = StageDensity.Start with { Drift = drift };
        var probabilities = new double[looks.Count];
        for (var k = 0; k < probabilities.Length; k++)
        {
            probabilities[k] = density.Above(looks[k].Share, looks[k].Efficacy);
            density = density.Next(
                looks[k].Share, obeyFutility ? looks[k].Futility ?? double.NegativeInfinity : double.NegativeInfinity, looks[k].Efficacy);
        }

        return probabilities;
    }

    private static double[] FutilityBounds(
        double[] shares, IReadOnlyList<GroupSequentialLook> looks, double drift, double beta, AlphaSpending futility)
    {
        var density = StageDensity.Start with { Drift = drift };
        var bounds = new double[shares.Length];
        var spent = 0.0;
        for (var k = 0; k < bounds.Length; k++)
        {
            var target = futility.Spent(beta, shares[k]);
            var stage = density;
            var share = shares[k];
            var inside = stage.Above(share, double.NegativeInfinity);

            // A bound above efficacy would leave nothing to go on with; the last look may say so, which the search for the drift uses.
            var bound = Bound(b => stage.Above(share, b), inside - (target - spent));
            bounds[k] = k == bounds.Length - 1 ? bound : Math.Min(bound, looks[k].Efficacy);
            density = density.Next(share, bounds[k], looks[k].Efficacy);
            spent = target;
        }

        return bounds;
    }

    // The z above which the given probability lies; falling in z.
    private static double Bound(Func<double, double> above, double probability)
    {
        double low = -30, high = 37;
        for (var i = 0; i < 90 && high - low > 1e-12; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = above(middle) > probability ? (middle, high) : (low, middle);
        }

        return high;
    }

    private static void Check(ReadOnlySpan<double> shares, double alpha, string alphaName)
    {
        if (!(alpha > 0 && alpha < 0.5))
        {
            throw new ArgumentOutOfRangeException(alphaName, alpha, "Must lie in (0, 0.5).");
        }

        Require.AtLeast(shares.Length, 1, nameof(shares));
        for (var k = 0; k < shares.Length; k++)
        {
            if (!(shares[k] > (k == 0 ? 0 : shares[k - 1]) && shares[k] <= 1))
            {
                throw new ArgumentException($"Share {k} is {shares[k]}: shares must rise within (0, 1].", nameof(shares));
            }
        }
    }
}
