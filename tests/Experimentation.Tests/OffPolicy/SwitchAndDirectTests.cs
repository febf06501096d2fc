using Noah.Experimentation.OffPolicy;

namespace Noah.Experimentation.Tests.OffPolicy;

public sealed class SwitchAndDirectTests
{
    private static readonly int[] Actions = [0, 1, 1, 0];
    private static readonly double[] Propensities = [0.5, 0.25, 0.5, 0.8];
    private static readonly double[] Rewards = [2, 4, 0, 1];
    private static readonly double[] Predictions = [1, 2, 1, 3, 0, 1, 1, 1];
    private static readonly double[] Policy = [0.5, 0.5, 0, 1, 0.25, 0.75, 1, 0];

    // Weights 1, 4, 1.5, 1.25; predictions under the policy 1.5, 3, 0.75, 1; corrections 1, 4, −1.5, 0 (Open Bandit Pipeline's definitions).
    [Theory]
    [InlineData(0, 6.25)]
    [InlineData(1, 7.25)]
    [InlineData(2, 5.75)]
    [InlineData(4, 9.75)]
    [InlineData(double.PositiveInfinity, 9.75)]
    public void Switch_CorrectsUpToItsWeight(double weight, double sum)
    {
        var result = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards, Predictions), Policy, new() { SwitchWeight = weight });
        Assert.Equal(sum / 4, result.SwitchDoublyRobust!.Value, 1e-12);
        Assert.Equal(weight, result.SwitchWeight);
        Assert.Equal(6.25 / 4, result.DirectMethod!.Value, 1e-12);
        Assert.Equal(9.75 / 4, result.DoublyRobust!.Value, 1e-12);
    }

    [Fact]
    public void Contrast_OfSwitchAndDirect_EqualsTheDifference()
    {
        var log = new LoggedDecisions(2, Actions, Propensities, Rewards, Predictions);
        double[] other = [1, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
        var contrast = OffPolicyEvaluation.Compare(log, Policy, other);
        var (one, two) = (OffPolicyEvaluation.Evaluate(log, Policy), OffPolicyEvaluation.Evaluate(log, other));
        Assert.Equal(one.DirectMethod!.Value - two.DirectMethod!.Value, contrast.DirectMethod!.Value, 1e-12);
        Assert.Equal(one.SwitchDoublyRobust!.Value - two.SwitchDoublyRobust!.Value, contrast.SwitchDoublyRobust!.Value, 1e-12);
    }

    [Fact]
    public void WithoutPredictionsOrOverlap_ThereIsNeither()
    {
        var plain = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards), Policy);
        Assert.Null(plain.DirectMethod);
        Assert.Null(plain.SwitchDoublyRobust);
        Assert.Null(plain.SwitchWeight);
        var missing = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards, Predictions), [0, 1, 1, 0, 1, 0, 0, 1]);
        Assert.Equal(OverlapStatus.Missing, missing.Status);
        Assert.Null(missing.DirectMethod);
        Assert.Throws<ArgumentOutOfRangeException>(
            "options", () => OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards), Policy, new() { SwitchWeight = -1 }));
    }

    // A policy that mostly does what the log hardly ever did: with a fair model the tuned switch errs less than the doubly robust estimate.
    [Fact]
    public void TunedSwitch_OnLargeWeights_ErrsLess()
    {
        var random = new Random(14);
        double robust = 0, switched = 0;
        for (var run = 0; run < 300; run++)
        {
            const int Units = 2_000;
            var (actions, propensities, rewards) = (new int[Units], new double[Units], new double[Units]);
            var (predictions, policy) = (new double[2 * Units], new double[2 * Units]);
            for (var i = 0; i < Units; i++)
            {
                var rare = random.NextDouble() < 0.2 ? 0.004 : 0.5;
                actions[i] = random.NextDouble() < rare ? 1 : 0;
                propensities[i] = actions[i] == 1 ? rare : 1 - rare;
                rewards[i] = (actions[i] == 1 ? 1 : 0.5) + Draw.Normal(random);
                (predictions[2 * i], predictions[(2 * i) + 1], policy[2 * i], policy[(2 * i) + 1]) = (0.5, 1, 0.1, 0.9);
            }

            var result = OffPolicyEvaluation.Evaluate(new(2, actions, propensities, rewards, predictions), policy);
            robust += Math.Pow(result.DoublyRobust!.Value - 0.95, 2);
            switched += Math.Pow(result.SwitchDoublyRobust!.Value - 0.95, 2);
        }

        Assert.InRange(switched / robust, 0, 0.8);
    }
}
