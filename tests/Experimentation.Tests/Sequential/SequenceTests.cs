using Noah.Experimentation.Inference;
using Noah.Experimentation.Sequential;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Sequential;

public sealed class SequenceTests
{
    [Fact]
    public void MeanLook_IsTheEstimateAndItsErrorTimesTheBoundary()
    {
        var plan = new SequentialPlan(400, 800);
        var boundary = new SequentialBoundary(0.025, 400.0 * 800 / 1200);
        Moments treatment = new(300, 5.5, 299 * 4), control = new(500, 5, 499 * 9);
        var pooled = ((299 * 4.0) + (499 * 9)) / 798;
        var error = Math.Sqrt((pooled / 300) + (9.0 / 500));
        var information = 300.0 * 500 / 800;
        var look = MeanSequence.Look(treatment, control, plan);
        Assert.Equal(SequentialStatus.Open, look.Status);
        Assert.Equal(0.5 / error, look.Statistic!.Value, 1e-12);
        Assert.Equal(boundary.Critical(information), look.Critical!.Value, 1e-12);
        Assert.Equal(0.5 - (look.Critical.Value * error), look.Interval!.Value.Lower, 1e-12);
        Assert.Equal(2 * boundary.PValue(0.5 / error, information), look.PValue!.Value, 1e-12);
        Assert.Equal(information / (400.0 * 800 / 1200), look.InformationShare!.Value, 1e-12);
        Assert.Equal(look.PValue <= 0.05, look.Decides);
    }

    [Fact]
    public void MeanLook_DuringBurnIn_ShowsNothing()
    {
        var plan = new SequentialPlan(20_000, 20_000);
        var few = ZeroInflatedSample.FromPositives(Enumerable.Repeat(10.0, 24).ToArray(), 2_000);
        var enough = ZeroInflatedSample.FromPositives([.. Enumerable.Range(1, 25).Select(i => (double)i)], 2_000);
        Assert.Equal(SequentialLook.Closed(SequentialStatus.BurnIn), MeanSequence.Look(few, enough, plan));
        Assert.Equal(SequentialStatus.Open, MeanSequence.Look(enough, enough, plan).Status);

        // One arm ten times the other and one amount a thousand times the rest: the normal law is far.
        var skewed = ZeroInflatedSample.FromPositives([.. Enumerable.Repeat(1.0, 200), 1000], 20_000);
        Assert.Equal(SequentialStatus.BurnIn, MeanSequence.Look(enough, skewed, plan).Status);

        // Equal arms cancel the skewness of the difference, not that of each: one amount carries all.
        Assert.Equal(SequentialStatus.BurnIn, MeanSequence.Look(skewed, skewed, plan).Status);
        Assert.Equal(SequentialStatus.BurnIn, ZeroTrimmedSequence.Look(few, enough, plan).Status);
        Assert.Equal(
            SequentialStatus.NoVariation,
            MeanSequence.Look(new Moments(50, 2, 0), new Moments(50, 2, 0), plan).Status);
        Assert.Throws<ArgumentException>("control", () => MeanSequence.Look(few, new BinarySample(10, 5), plan));
    }

    [Fact]
    public void ZeroTrimmedLook_IsTheFixedTestWithTheBoundarysCriticalValue()
    {
        var random = new Random(5);
        var plan = new SequentialPlan(3_000, 3_000);
        var treatment = Draw.ZeroInflated(random, 2_000, 0.06, r => Draw.LogNormal(r, 0, 1.5));
        var control = Draw.ZeroInflated(random, 2_500, 0.04, r => Draw.LogNormal(r, 0, 1.5));
        var look = ZeroTrimmedSequence.Look(treatment, control, plan);
        var level = 1 - MathNet.Numerics.SpecialFunctions.Erfc(look.Critical!.Value / Math.Sqrt(2));
        var test = ZeroTrimmedUTest.Compare(treatment, control, new() { PermuteBelowPositives = 0, Confidence = level });
        Assert.Equal(test.Statistic, look.Statistic);
        Assert.Equal(test.Superiority, look.Estimate);
        Assert.Equal(test.Interval!.Value.Lower, look.Interval!.Value.Lower, 1e-9);
        Assert.True(look.PValue > test.PValue);
    }

    // Nine zeros and a one: Σ (x − 0.1)³ / (Σ (x − 0.1)²)^1.5 = 0.72 / 0.9^1.5.
    [Fact]
    public void ArmSkewness_IsThatOfTheMean()
    {
        const double Expected = 0.72 / 0.85381496824546247;
        Assert.Equal(Expected, ArmSkewness.OfMean(new BinarySample(10, 1))!.Value, 1e-12);
        Assert.Equal(Expected, ArmSkewness.OfMean(ZeroInflatedSample.FromPositives([7], 9))!.Value, 1e-12);
        Assert.Equal(Expected, ArmSkewness.OfMean(ContinuousSample.FromValues([0, 0, 0, 0, 0, 0, 0, 0, 0, 5]))!.Value, 1e-12);
        Assert.Null(ArmSkewness.OfMean(new BinarySample(10, 0)));
    }

    // Its score must be Brownian: increments over disjoint stretches of information are uncorrelated and have the stretch as variance.
    [Fact]
    public void ZeroTrimmedScore_HasIndependentIncrements()
    {
        var random = new Random(6);
        const int Runs = 1_500;
        double early = 0, late = 0, cross = 0;
        for (var run = 0; run < Runs; run++)
        {
            var (one, other) = (Arm(1_000, out var more1), Arm(2_000, out var more0));
            var first = Math.Sqrt(1) * Z(one, other);
            var second = (Math.Sqrt(3) * Z(more1, more0)) - first;
            early += first * first / Runs;
            late += second * second / Runs;
            cross += first * second / Runs;
        }

        Assert.InRange(early, 0.85, 1.15);
        Assert.InRange(late, 1.7, 2.3);
        Assert.InRange(cross, -0.15, 0.15);

        static double Z(ZeroInflatedSample one, ZeroInflatedSample other) =>
            ZeroTrimmedUTest.Compare(one, other, new() { PermuteBelowPositives = 0 }).Statistic!.Value;

        ZeroInflatedSample Arm(int units, out ZeroInflatedSample whole)
        {
            var part = Draw.ZeroInflated(random, units, 0.05, r => Draw.LogNormal(r, 0, 2));
            var rest = Draw.ZeroInflated(random, 2 * units, 0.05, r => Draw.LogNormal(r, 0, 2));
            whole = ZeroInflatedSample.FromPositives([.. part.Positives, .. rest.Positives], part.Zeros + rest.Zeros);
            return part;
        }
    }
}
