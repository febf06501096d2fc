using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>
/// Scores a policy on decisions that another, randomising policy took: inverse propensity (Horvitz and Thompson 1952),
/// self-normalised (Swaminathan and Joachims 2015), direct, doubly robust (Dudík, Langford and Li 2011) and switched doubly robust (Wang,
/// Agarwal and Dudík 2017), defined as in Open Bandit Pipeline, with influence-function errors.
/// </summary>
public static class OffPolicyEvaluation
{
    /// <summary>Estimates the mean reward per unit had the target policy decided.</summary>
    /// <param name="log">Logged decisions.</param>
    /// <param name="policy">Target probabilities, [units × actions] row-major; every row sums to 1.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentException">The policy's shape or a probability is not allowed.</exception>
    public static PolicyEvaluation Evaluate(LoggedDecisions log, ReadOnlySpan<double> policy, OffPolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        options = Checked(options);
        var scores = PolicyScores.Of(log, policy, nameof(policy), options.SwitchWeight);
        var status = Overlap(scores, log.Count, options);
        var usable = status != OverlapStatus.Missing;
        return new PolicyEvaluation(
            status,
            log.Count,
            usable ? Estimate(scores.Ips, options) : null,
            usable ? Estimate(scores.SelfNormalized, options) : null,
            usable && scores.DoublyRobust is { } doublyRobust ? Estimate(doublyRobust, options) : null,
            scores.EffectiveSampleSize,
            scores.MeanWeight,
            scores.MaximumWeight,
            scores.UnsupportedShare)
        {
            DirectMethod = usable && scores.Direct is { } direct ? Estimate(direct, options) : null,
            SwitchDoublyRobust = usable && scores.Switched is { } switched ? Estimate(switched.Scores, options) : null,
            SwitchWeight = scores.Switched?.Weight,
        };
    }

    /// <summary>Estimates the difference of two target policies, paired by unit.</summary>
    /// <param name="log">Logged decisions.</param>
    /// <param name="first">Probabilities of the first policy, [units × actions] row-major.</param>
    /// <param name="second">Probabilities of the policy that is subtracted, same shape.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentException">A policy's shape or a probability is not allowed.</exception>
    public static PolicyContrast Compare(
        LoggedDecisions log, ReadOnlySpan<double> first, ReadOnlySpan<double> second, OffPolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        options = Checked(options);
        var one = PolicyScores.Of(log, first, nameof(first), options.SwitchWeight);
        var other = PolicyScores.Of(log, second, nameof(second), options.SwitchWeight);
        var status = (OverlapStatus)Math.Max((int)Overlap(one, log.Count, options), (int)Overlap(other, log.Count, options));
        if (status == OverlapStatus.Missing)
        {
            return new PolicyContrast(status, null, null, null);
        }

        return new PolicyContrast(
            status,
            Estimate(Differences(one.Ips, other.Ips), options),
            Estimate(Differences(one.SelfNormalized, other.SelfNormalized), options),
            one.DoublyRobust is { } robust ? Estimate(Differences(robust, other.DoublyRobust!), options) : null)
        {
            DirectMethod = one.Direct is { } direct ? Estimate(Differences(direct, other.Direct!), options) : null,
            SwitchDoublyRobust = one.Switched is { } switched ? Estimate(Differences(switched.Scores, other.Switched!.Scores), options) : null,
        };
    }

    private static OffPolicyOptions Checked(OffPolicyOptions? options)
    {
        options ??= new OffPolicyOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        if (!(options.UnsupportedShareLimit >= 0 && options.UnsupportedShareLimit <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.UnsupportedShareLimit, "UnsupportedShareLimit must lie in [0, 1].");
        }

        if (!(options.EffectiveSampleSizeMinimum >= 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.EffectiveSampleSizeMinimum, "EffectiveSampleSizeMinimum must be at least 0.");
        }

        if (options.SwitchWeight is { } weight && !(weight >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), weight, "SwitchWeight must be at least 0.");
        }

        return options;
    }

    private static OverlapStatus Overlap(PolicyScores scores, int units, OffPolicyOptions options)
    {
        var size = scores.EffectiveSampleSize;
        if (units < 2 || size <= 0 || scores.UnsupportedShare > options.UnsupportedShareLimit)
        {
            return OverlapStatus.Missing;
        }

        return size < options.EffectiveSampleSizeMinimum ? OverlapStatus.Weak : OverlapStatus.Sufficient;
    }

    private static PolicyEstimate Estimate(double[] scores, OffPolicyOptions options)
    {
        var moments = Moments.Of(scores);
        var standardError = moments.StandardError!.Value;
        var half = Tails.NormalCritical(options.Confidence) * standardError;
        return new PolicyEstimate(moments.Mean, standardError, Interval.Around(moments.Mean, half));
    }

    private static double[] Differences(double[] first, double[] second)
    {
        var differences = new double[first.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return differences;
    }
}
