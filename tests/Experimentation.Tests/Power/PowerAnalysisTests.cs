using Noah.Experimentation.Inference;
using Noah.Experimentation.Power;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Power;

public sealed class PowerAnalysisTests
{
    // R 4.2: power.prop.test(p1 = .05, p2 = .06, power = .8)$n = 8157.731, (p1 = .01, p2 = .0125, power = .9, sig.level = .01)$n = 52960.707
    [Theory]
    [InlineData(0.05, 0.2, 0.8, 0.05, 8157.73144784964)]
    [InlineData(0.01, 0.25, 0.9, 0.01, 52960.7068548266)]
    public void Units_OfARate_EqualR(double rate, double lift, double power, double alpha, double perArm)
    {
        var units = PowerAnalysis.Units(new RateAssumption(rate), new(lift), new() { Power = power, Alpha = alpha });
        Assert.Equal(2 * perArm, units!.Value, 1.01);
    }

    // R: power.prop.test(n = 5000, p1 = .05, p2 = .06)$power.
    [Fact]
    public void Power_OfARate_EqualsR() =>
        Assert.Equal(0.592221964691476, PowerAnalysis.Power(new RateAssumption(0.05), new(0.2), 10_000), 1e-9);

    // n per arm = 2 ((z_{1−α/2} + z_{power}) σ / δ)².
    [Fact]
    public void Units_OfAMean_EqualTheClosedForm()
    {
        var perArm = 2 * Math.Pow((1.959963984540054 + 0.8416212335729143) * 40 / (5 * 0.02), 2);
        Assert.Equal(Math.Ceiling(2 * perArm), PowerAnalysis.Units(new MeanAssumption(5, 40), new(0.02)));

        // A 90/10 split needs 1 / (4 · 0.09) as many; R² of a half saves half; clusters of 10 with ρ = 0.05 cost 1.45, with cv = 1 1.95.
        double Factor(PowerSettings settings) => PowerAnalysis.Units(new MeanAssumption(5, 40), new(0.02), settings)!.Value / (2 * perArm);
        Assert.Equal(1 / 0.36, Factor(new() { TreatmentShare = 0.1 }), 1e-5);
        Assert.Equal(0.5, Factor(new() { CovariateR2 = 0.5 }), 1e-5);
        Assert.Equal(1.45, Factor(new() { ClusterSize = 10, IntraClusterCorrelation = 0.05 }), 1e-5);
        Assert.Equal(1.95, Factor(new() { ClusterSize = 10, IntraClusterCorrelation = 0.05, ClusterSizeVariation = 1 }), 1e-5);
    }

    [Fact]
    public void DetectableLift_IsWhereThePowerIsReached()
    {
        MetricAssumption[] metrics =
            [new MeanAssumption(5, 40), new RateAssumption(0.03), new ZeroInflatedAssumption(0.02, 1.5, true), new ZeroInflatedAssumption(0.02, 1.5, false)];
        foreach (var metric in metrics)
        {
            var settings = new PowerSettings { Power = 0.9, TreatmentShare = 0.3 };
            foreach (var direction in (MetricLift[])[new(1), new(-1), new(1, 1), new(0.5, 1)])
            {
                if (PowerAnalysis.DetectableLift(metric, 200_000, direction, settings) is not { } lift)
                {
                    Assert.Fail($"{metric} {direction}");
                    continue;
                }

                Assert.Equal(0.9, PowerAnalysis.Power(metric, lift, 200_000, settings), 1e-9);
                Assert.InRange(PowerAnalysis.Units(metric, lift, settings)!.Value, 199_998, 200_002);
            }
        }

        Assert.Null(PowerAnalysis.DetectableLift(new RateAssumption(0.001), 50, new(-1)));
    }

    // Research note, section 7.1: p = 1 %, participation and amount both up 15 %, s = 1.5, 20,000 an arm: expected Z 1.76.
    [Fact]
    public void Power_OfTheZeroTrimmedU_FollowsTheNotesFormula()
    {
        const double Rate = 0.01, Sigma = 1.5, N = 20_000, Small = 1e-4;
        var superiority = MathNet.Numerics.Distributions.Normal.CDF(0, 1, Math.Log(1 + Small) / (Sigma * Math.Sqrt(2))) - 0.5;
        var expected = Math.Sqrt(N * 6 * Rate / (4 - (3 * Rate))) * (superiority + (Small / 2));
        var metric = new ZeroInflatedAssumption(Rate, Sigma, true);

        // For tiny lifts the formula is exact; read the expected Z back from the units.
        var units = PowerAnalysis.Units(metric, new(Small, Small))!.Value;
        Assert.Equal(2.801585218112968 / Math.Sqrt(units / (2 * N)), expected, 1e-3 * expected);

        // Simulated power there is 0.407 (10,000 runs of the note, whose binomial error is 0.005).
        Assert.Equal(0.407, PowerAnalysis.Power(metric, new(0.15, 0.15), 2 * N), 0.03);
    }

    [Theory]
    [InlineData(true, 0.5)]
    [InlineData(true, 0.2)]
    [InlineData(false, 0.5)]
    public void Power_OfZeroInflatedMetrics_EqualsSimulation(bool byRanks, double share)
    {
        var random = new Random(31);
        const int Runs = 2_000, Units = 20_000;
        var found = 0;
        for (var run = 0; run < Runs; run++)
        {
            var treatment = Draw.ZeroInflated(random, (int)(share * Units), 0.05 * 1.1, r => 1.15 * Draw.LogNormal(r, 0, 0.8));
            var control = Draw.ZeroInflated(random, (int)((1 - share) * Units), 0.05, r => Draw.LogNormal(r, 0, 0.8));
            var p = byRanks ? ZeroTrimmedUTest.Compare(treatment, control).PValue : WelchTest.Compare(treatment.Moments, control.Moments).PValue;
            found += p < 0.05 ? 1 : 0;
        }

        var power = PowerAnalysis.Power(new ZeroInflatedAssumption(0.05, 0.8, byRanks), new(0.1, 0.15), Units, new() { TreatmentShare = share });
        Assert.Equal((double)found / Runs, power, 4 * Math.Sqrt(0.25 / Runs));
    }

    // Σ of two correlated columns over units: its variance by the delta method against simulated ratios.
    [Fact]
    public void RatioVariance_EqualsSimulation()
    {
        var random = new Random(32);
        const int Worlds = 4_000, Units = 400;
        var ratios = new double[Worlds];
        for (var world = 0; world < Worlds; world++)
        {
            double top = 0, bottom = 0;
            for (var i = 0; i < Units; i++)
            {
                var visits = 5 + Draw.Normal(random);
                bottom += visits;
                top += (0.4 * visits) + (0.5 * Draw.Normal(random));
            }

            ratios[world] = top / bottom;
        }

        var assumption = new RatioAssumption(2, 5, (0.16 * 1) + 0.25, 1, 0.4);
        Assert.Equal(0.4, assumption.Ratio, 1e-12);
        Assert.InRange(Moments.Of(ratios).Variance!.Value * Units / assumption.Variance, 0.9, 1.1);
    }

    // s = 1.5 has skewness (e^2.25 + 2) √(e^2.25 − 1) = 33.468.
    [Fact]
    public void Tail_FromSkewness_AndTheNumberForNormality()
    {
        var skewness = (Math.Exp(2.25) + 2) * Math.Sqrt(Math.Exp(2.25) - 1);
        Assert.Equal(1.5, ZeroInflatedAssumption.DeviationOfSkewness(skewness), 1e-10);

        // Nearly nobody has zero: 355 times the amounts' own squared skewness.
        Assert.Equal(355 * skewness * skewness, new ZeroInflatedAssumption(1 - 1e-12, 1.5, false).UnitsForNormality, 1e-3 * 355 * skewness * skewness);
        Assert.True(new ZeroInflatedAssumption(0.01, 1.5, false).UnitsForNormality > 1e6);
    }

    [Fact]
    public void Units_OfNoEffect_AreNull_AndBadInputIsNamed()
    {
        Assert.Null(PowerAnalysis.Units(new MeanAssumption(1, 1), new(0)));
        Assert.Throws<ArgumentOutOfRangeException>("rate", () => new RateAssumption(1));
        Assert.Throws<ArgumentOutOfRangeException>("covariance", () => new RatioAssumption(1, 1, 1, 1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("CovariateR2", () => PowerAnalysis.Units(new RateAssumption(0.1), new(0.1), new() { CovariateR2 = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>("lift", () => PowerAnalysis.Units(new RateAssumption(0.1), new(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("units", () => PowerAnalysis.Power(new RateAssumption(0.1), new(0.1), 1));
        Assert.Throws<ArgumentOutOfRangeException>("direction", () => PowerAnalysis.DetectableLift(new RateAssumption(0.1), 10, new(0)));
    }
}
