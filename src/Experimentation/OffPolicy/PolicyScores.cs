using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.OffPolicy;

/// <summary>Per-unit values of one policy whose means are the estimates, so that two policies can be compared unit by unit.</summary>
internal sealed class PolicyScores
{
    // A row may miss one by the rounding of a solver's probabilities.
    private const double RowTolerance = 1e-6;

    private readonly double[] _weights;

    private PolicyScores(double[] weights) => _weights = weights;

    internal required double[] Ips { get; init; }

    /// <summary>Value plus influence of the self-normalised estimate; empty when all weights are zero.</summary>
    internal required double[] SelfNormalized { get; init; }

    internal required double[]? DoublyRobust { get; init; }

    internal required double[]? Direct { get; init; }

    internal required SwitchedScores? Switched { get; init; }

    internal required double UnsupportedShare { get; init; }

    internal double MeanWeight => Moments.Of(_weights).Mean;

    internal double MaximumWeight => _weights.Length == 0 ? 0 : _weights.Max();

    internal double EffectiveSampleSize
    {
        get
        {
            double sum = 0, squares = 0;
            foreach (var weight in _weights)
            {
                sum += weight;
                squares += weight * weight;
            }

            return squares > 0 ? sum * sum / squares : 0;
        }
    }

    internal static PolicyScores Of(LoggedDecisions log, ReadOnlySpan<double> policy, string name, double? switchWeight)
    {
        CheckPolicy(log, policy, name);
        int n = log.Count, actions = log.ActionCount;
        var predictions = log.OutcomePredictions.Span;
        var taken = log.Actions.Span;
        var propensities = log.Propensities.Span;
        var rewards = log.Rewards.Span;
        var weights = new double[n];
        var ips = new double[n];
        var doublyRobust = log.HasOutcomePredictions ? new double[n] : null;
        var directs = log.HasOutcomePredictions ? new double[n] : null;
        double weightSum = 0, rewardSum = 0;
        for (var i = 0; i < n; i++)
        {
            var row = policy.Slice(i * actions, actions);
            var weight = row[taken[i]] / propensities[i];
            var reward = rewards[i];
            weights[i] = weight;
            ips[i] = weight * reward;
            weightSum += weight;
            rewardSum += ips[i];
            if (doublyRobust is not null)
            {
                var predicted = predictions.Slice(i * actions, actions);
                var direct = 0.0;
                for (var a = 0; a < actions; a++)
                {
                    direct += row[a] * predicted[a];
                }

                directs![i] = direct;
                doublyRobust[i] = direct + (weight * (reward - predicted[taken[i]]));
            }
        }

        return new PolicyScores(weights)
        {
            Ips = ips,
            SelfNormalized = SelfNormalize(weights, rewards, weightSum, rewardSum),
            DoublyRobust = doublyRobust,
            Direct = directs,
            Switched = doublyRobust is null ? null : SwitchedScores.Of(weights, directs!, doublyRobust, switchWeight),
            UnsupportedShare = Unsupported(log, policy),
        };
    }

    private static double[] SelfNormalize(double[] weights, ReadOnlySpan<double> rewards, double weightSum, double rewardSum)
    {
        if (weightSum <= 0)
        {
            return [];
        }

        var value = rewardSum / weightSum;
        var meanWeight = weightSum / weights.Length;
        var scores = new double[weights.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = value + (weights[i] * (rewards[i] - value) / meanWeight);
        }

        return scores;
    }

    private static double Unsupported(LoggedDecisions log, ReadOnlySpan<double> policy)
    {
        var logging = log.LoggingProbabilities.Span;
        var actions = log.ActionCount;
        var seen = new bool[actions];
        foreach (var action in log.Actions.Span)
        {
            seen[action] = true;
        }

        var lost = 0.0;
        for (var cell = 0; cell < policy.Length; cell++)
        {
            var supported = logging.IsEmpty ? seen[cell % actions] : logging[cell] > 0;
            lost += supported ? 0 : policy[cell];
        }

        return log.Count == 0 ? 0 : Math.Min(1, lost / log.Count);
    }

    private static void CheckPolicy(LoggedDecisions log, ReadOnlySpan<double> policy, string name)
    {
        Require.Length(policy.Length, (long)log.Count * log.ActionCount, name);
        for (var i = 0; i < log.Count; i++)
        {
            var sum = 0.0;
            foreach (var probability in policy.Slice(i * log.ActionCount, log.ActionCount))
            {
                if (!(probability >= 0 && probability <= 1 + RowTolerance))
                {
                    throw new ArgumentException($"Row {i} holds {probability}: every probability must lie in [0, 1].", name);
                }

                sum += probability;
            }

            if (Math.Abs(sum - 1) > RowTolerance)
            {
                throw new ArgumentException($"Row {i} sums to {sum}: every row must sum to 1, no-send being an action.", name);
            }
        }
    }
}
