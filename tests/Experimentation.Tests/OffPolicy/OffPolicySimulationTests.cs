using Noah.Experimentation.OffPolicy;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.OffPolicy;

/// <summary>
/// A world with known truth: x uniform, three actions, reward zero-inflated with P(y &gt; 0) = 0.1 + 0.2 a x and exponential amounts of
/// mean 1. The policy takes the last action where x &gt; ½; its value is ½·0.1 + ∫_{½}^1 (0.1 + 0.4 x) dx = 0.25.
/// </summary>
public sealed class OffPolicySimulationTests
{
    private const int Runs = 600;
    private const int Units = 1500;
    private const double Truth = 0.25;

    // Everyone on action 1: 0.1 + 0.2 · ½.
    private const double AllOnActionOne = 0.2;

    [Fact]
    public void Estimates_OverManyLogs_AreUnbiasedAndCover()
    {
        var runs = Simulate(goodModel: true, seed: 41);
        foreach (var pick in (Func<PolicyEvaluation, PolicyEstimate>[])[e => e.Ips!, e => e.SelfNormalizedIps!, e => e.DoublyRobust!])
        {
            var estimates = runs.Select(run => pick(run.Evaluation)).ToArray();
            AssertUnbiased(estimates, Truth);
            AssertCovers(estimates, Truth);
        }
    }

    [Fact]
    public void Contrast_OverManyLogs_IsUnbiasedAndCovers()
    {
        var runs = Simulate(goodModel: true, seed: 42);
        foreach (var pick in (Func<PolicyContrast, PolicyEstimate>[])[c => c.Ips!, c => c.SelfNormalizedIps!, c => c.DoublyRobust!])
        {
            var estimates = runs.Select(run => pick(run.Contrast)).ToArray();
            AssertUnbiased(estimates, Truth - AllOnActionOne);
            AssertCovers(estimates, Truth - AllOnActionOne);
        }
    }

    [Fact]
    public void DoublyRobust_WithAGoodModel_VariesLessThanIps()
    {
        var runs = Simulate(goodModel: true, seed: 43);
        var robust = Moments.Of(runs.Select(run => run.Evaluation.DoublyRobust!.Value).ToArray()).Variance!.Value;
        var ips = Moments.Of(runs.Select(run => run.Evaluation.Ips!.Value).ToArray()).Variance!.Value;
        Assert.InRange(robust / ips, 0, 0.95);
    }

    [Fact]
    public void DoublyRobust_WithAGarbageModelAndRightPropensities_StaysRight()
    {
        var estimates = Simulate(goodModel: false, seed: 44).Select(run => run.Evaluation.DoublyRobust!).ToArray();
        AssertUnbiased(estimates, Truth);
        AssertCovers(estimates, Truth);
    }

    private static void AssertUnbiased(PolicyEstimate[] estimates, double truth)
    {
        var moments = Moments.Of(estimates.Select(estimate => estimate.Value).ToArray());
        Assert.InRange((moments.Mean - truth) / moments.StandardError!.Value, -3.9, 3.9);
    }

    // Binomial bounds of 600 runs at 0.95, four standard deviations, and one point for the skewness of the rewards.
    private static void AssertCovers(PolicyEstimate[] estimates, double truth) =>
        Assert.InRange((double)estimates.Count(estimate => estimate.Interval.Contains(truth)) / Runs, 0.905, 0.985);

    private static (PolicyEvaluation Evaluation, PolicyContrast Contrast)[] Simulate(bool goodModel, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Runs).Select(_ => Run(random, goodModel)).ToArray();
    }

    private static (PolicyEvaluation, PolicyContrast) Run(Random random, bool goodModel)
    {
        var actions = new int[Units];
        double[] propensities = new double[Units], rewards = new double[Units];
        double[] predictions = new double[3 * Units], policy = new double[3 * Units], fixedPolicy = new double[3 * Units];
        for (var i = 0; i < Units; i++)
        {
            var x = random.NextDouble();
            double[] draw = [0.5 - (0.2 * x), 0.3, 0.2 + (0.2 * x)];
            var u = random.NextDouble();
            var action = u < draw[0] ? 0 : u < draw[0] + draw[1] ? 1 : 2;
            actions[i] = action;
            propensities[i] = draw[action];
            rewards[i] = random.NextDouble() < 0.1 + (0.2 * action * x) ? -Math.Log(1 - random.NextDouble()) : 0;
            for (var a = 0; a < 3; a++)
            {
                predictions[(3 * i) + a] = goodModel ? 0.1 + (0.2 * a * x) : 0.5 - (x * a);
            }

            policy[(3 * i) + (x > 0.5 ? 2 : 0)] = 1;
            fixedPolicy[(3 * i) + 1] = 1;
        }

        var log = new LoggedDecisions(3, actions, propensities, rewards, predictions);
        return (OffPolicyEvaluation.Evaluate(log, policy), OffPolicyEvaluation.Compare(log, policy, fixedPolicy));
    }
}
