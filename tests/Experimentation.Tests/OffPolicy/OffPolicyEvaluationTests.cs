using Noah.Experimentation.OffPolicy;

namespace Noah.Experimentation.Tests.OffPolicy;

public sealed class OffPolicyEvaluationTests
{
    private static readonly int[] Actions = [0, 1, 1, 0];
    private static readonly double[] Propensities = [0.5, 0.25, 0.5, 0.8];
    private static readonly double[] Rewards = [2, 4, 0, 1];
    private static readonly double[] Predictions = [1, 2, 1, 3, 0, 1, 1, 1];
    private static readonly double[] Policy = [0.5, 0.5, 0, 1, 0.25, 0.75, 1, 0];

    // Weights 1, 4, 1.5, 1.25; scores written out by hand.
    [Fact]
    public void Evaluate_OnFourUnits_EqualsHandComputation()
    {
        var result = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards, Predictions), Policy);
        double[] ips = [2, 16, 0, 1.25];
        double[] robust = [1.5 + 1, 3 + 4, 0.75 - 1.5, 1];
        const double ratio = 19.25 / 7.75;
        double[] linear = [1 * (2 - ratio), 4 * (4 - ratio), 1.5 * (0 - ratio), 1.25 * (1 - ratio)];

        Assert.Equal(19.25 / 4, result.Ips!.Value, 1e-12);
        Assert.Equal(Error(ips), result.Ips.StandardError, 1e-12);
        Assert.Equal(ratio, result.SelfNormalizedIps!.Value, 1e-12);
        Assert.Equal(Error(linear) / (7.75 / 4), result.SelfNormalizedIps.StandardError, 1e-12);
        Assert.Equal(robust.Average(), result.DoublyRobust!.Value, 1e-12);
        Assert.Equal(Error(robust), result.DoublyRobust.StandardError, 1e-12);
        Assert.Equal(7.75 * 7.75 / (1 + 16 + 2.25 + 1.5625), result.EffectiveSampleSize, 1e-12);
        Assert.Equal(4, result.MaximumWeight);
        Assert.Equal(7.75 / 4, result.MeanWeight, 1e-12);
        Assert.Equal(OverlapStatus.Weak, result.Status);
    }

    [Fact]
    public void Compare_OfAPolicyWithItself_IsExactlyZero()
    {
        var contrast = OffPolicyEvaluation.Compare(new(2, Actions, Propensities, Rewards, Predictions), Policy, Policy);
        Assert.Equal(new PolicyEstimate(0, 0, new(0, 0)), contrast.DoublyRobust);
        Assert.Equal(new PolicyEstimate(0, 0, new(0, 0)), contrast.SelfNormalizedIps);
    }

    [Fact]
    public void Compare_EqualsTheDifferenceOfTheEvaluations()
    {
        var log = new LoggedDecisions(2, Actions, Propensities, Rewards, Predictions);
        double[] other = [1, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
        var contrast = OffPolicyEvaluation.Compare(log, Policy, other);
        var one = OffPolicyEvaluation.Evaluate(log, Policy);
        var two = OffPolicyEvaluation.Evaluate(log, other);
        Assert.Equal(one.Ips!.Value - two.Ips!.Value, contrast.Ips!.Value, 1e-12);
        Assert.Equal(one.SelfNormalizedIps!.Value - two.SelfNormalizedIps!.Value, contrast.SelfNormalizedIps!.Value, 1e-12);
        Assert.Equal(one.DoublyRobust!.Value - two.DoublyRobust!.Value, contrast.DoublyRobust!.Value, 1e-12);
    }

    [Fact]
    public void SelfNormalizedAndRobust_UnderAShiftOfTheReward_ShiftWithIt()
    {
        var shifted = Rewards.Select(r => r + 100).ToArray();
        var before = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards), Policy).SelfNormalizedIps!;
        var after = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, shifted), Policy).SelfNormalizedIps!;
        Assert.Equal(before.Value + 100, after.Value, 1e-10);
        Assert.Equal(before.StandardError, after.StandardError, 1e-10);
    }

    [Fact]
    public void Evaluate_WithoutPredictions_HasNoRobustEstimate()
    {
        var log = new LoggedDecisions(2, Actions, Propensities, Rewards);
        Assert.False(log.HasOutcomePredictions);
        Assert.Null(OffPolicyEvaluation.Evaluate(log, Policy).DoublyRobust);
    }

    [Fact]
    public void Evaluate_OfAnActionTheLogLacks_GivesNoEstimate()
    {
        var log = new LoggedDecisions(3, Actions, Propensities, Rewards);
        var result = OffPolicyEvaluation.Evaluate(log, [1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]);
        Assert.Equal(OverlapStatus.Missing, result.Status);
        Assert.Equal(0.25, result.UnsupportedShare);
        Assert.Null(result.Ips);
        Assert.Null(OffPolicyEvaluation.Compare(log, [1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0], [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]).Ips);
    }

    [Fact]
    public void Evaluate_OfUnitsTheLogNeverGaveTheAction_GivesNoEstimate()
    {
        double[] logging = [0.5, 0.5, 1, 0, 0.5, 0.5, 0.8, 0.2];
        var log = new LoggedDecisions(2, (int[])[0, 0, 1, 0], (double[])[0.5, 1, 0.5, 0.8], Rewards, default, logging);
        var result = OffPolicyEvaluation.Evaluate(log, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
        Assert.Equal(0.125, result.UnsupportedShare);
        Assert.Equal(OverlapStatus.Missing, result.Status);
    }

    [Fact]
    public void Evaluate_WithoutAnyAgreement_GivesNoEstimate()
    {
        var result = OffPolicyEvaluation.Evaluate(new(2, Actions, Propensities, Rewards), [0, 1, 1, 0, 1, 0, 0, 1]);
        Assert.Equal(OverlapStatus.Missing, result.Status);
        Assert.Equal(0, result.EffectiveSampleSize);
        Assert.Null(result.SelfNormalizedIps);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>("actions", () => new LoggedDecisions(2, (int[])[2], (double[])[0.5], (double[])[1]));
        Assert.Throws<ArgumentException>("propensities", () => new LoggedDecisions(2, (int[])[1], (double[])[0], (double[])[1]));
        Assert.Throws<ArgumentException>("rewards", () => new LoggedDecisions(2, (int[])[1], (double[])[1], (double[])[double.NaN]));
        Assert.Throws<ArgumentException>(
            "outcomePredictions", () => new LoggedDecisions(2, (int[])[1], (double[])[1], (double[])[1], (double[])[1]));
        var log = new LoggedDecisions(2, (int[])[1], (double[])[1], (double[])[1]);
        Assert.Throws<ArgumentException>(
            "loggingProbabilities", () => new LoggedDecisions(2, (int[])[1], (double[])[0.5], (double[])[1], default, (double[])[0.6, 0.4]));
        Assert.Throws<ArgumentException>("policy", () => OffPolicyEvaluation.Evaluate(log, [0.5]));
        Assert.Throws<ArgumentException>("policy", () => OffPolicyEvaluation.Evaluate(log, [0.5, 0.4]));
        Assert.Throws<ArgumentException>("second", () => OffPolicyEvaluation.Compare(log, [0.5, 0.5], [-0.5, 1.5]));
    }

    private static double Error(double[] scores)
    {
        var mean = scores.Average();
        return Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1) / scores.Length);
    }
}
