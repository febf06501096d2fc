using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Noah.Heuristics.Content;

namespace Noah.Heuristics.Tests.Content;

public sealed class ThompsonSamplingTests
{
    private static readonly ThompsonOptions WithoutFloor = new(FloorShare: 0);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(10, 1, 12, 5)]
    [InlineData(100, 2, 100, 3)]
    [InlineData(5000, 100, 300, 9)]
    [InlineData(200_000, 4000, 200_000, 4100)]
    [InlineData(1_000_000, 20_000, 50, 1)]
    public void BestProbabilities_OfTwoVariants_MeetTheClosedForm(int trialsA, int successesA, int trialsB, int successesB)
    {
        var sampling = new ThompsonSampling([new(trialsA, successesA), new(trialsB, successesB)], WithoutFloor);
        var expected = SecondBeatsFirst(1 + successesA, 1 + trialsA - successesA, 1 + successesB, 1 + trialsB - successesB);
        Assert.Equal(expected, sampling.BestProbabilities[1], 1e-7);
    }

    [Theory]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.3, 1.0, 2.5, 7.0)]
    [InlineData(40.0, 41.0, 45.0, 1.0, 0.2)]
    public void BestProbabilities_OfPowerLaws_AreProportionalToTheirExponents(params double[] alphas)
    {
        // Beta(a, 1) has distribution x^a, so P(i is best) = ∫ a_i x^(Σa − 1) dx = a_i / Σa. Trials equal successes; the prior supplies the rest.
        var least = alphas.Min();
        var variants = alphas.Select(alpha => new VariantCounts(alpha - least, alpha - least)).ToArray();
        var sampling = new ThompsonSampling(variants, new ThompsonOptions(PriorSuccesses: least, PriorFailures: 1, FloorShare: 0));
        for (var i = 0; i < alphas.Length; i++)
        {
            Assert.Equal(alphas[i] / alphas.Sum(), sampling.BestProbabilities[i], 1e-8);
        }
    }

    [Fact]
    public void BestProbabilities_OfFiveVariants_AreTheFrequenciesOfPosteriorDraws()
    {
        VariantCounts[] variants = [new(1000, 21), new(1000, 25), new(400, 12), new(50, 1), new(2000, 44)];
        var sampling = new ThompsonSampling(variants, WithoutFloor);
        const int Draws = 100_000;
        var random = new Random(17);
        var betas = variants.Select(v => new Beta(1 + v.Successes, 1 + v.Trials - v.Successes, random)).ToArray();
        var wins = new int[variants.Length];
        for (var draw = 0; draw < Draws; draw++)
        {
            double[] rates = [.. betas.Select(beta => beta.Sample())];
            wins[Array.IndexOf(rates, rates.Max())]++;
        }

        for (var i = 0; i < variants.Length; i++)
        {
            var p = sampling.BestProbabilities[i];
            Assert.Equal(p, (double)wins[i] / Draws, 5 * Math.Sqrt(p * (1 - p) / Draws));
        }
    }

    [Fact]
    public void Propensities_KeepTheFloorAndSumToOne()
    {
        var sampling = new ThompsonSampling([new(10_000, 100), new(10_000, 500), new(10_000, 100), new(10_000, 100)]);
        Assert.Equal(1, sampling.Propensities.ToArray().Sum(), 1e-12);
        Assert.Equal([0.0125, 0.9625, 0.0125, 0.0125], sampling.Propensities.ToArray().Select(p => Math.Round(p, 9)));
    }

    [Fact]
    public void Choose_OverAGridOfDraws_ReturnsEachVariantAsOftenAsItsPropensity()
    {
        var sampling = new ThompsonSampling([new(100, 5), new(100, 8), new(100, 2)]);
        const int Grid = 10_000;
        var counts = new int[3];
        for (var step = 0; step < Grid; step++)
        {
            var choice = sampling.Choose((step + 0.5) / Grid);
            counts[choice.Variant]++;
            Assert.Equal(sampling.Propensities[choice.Variant], choice.Propensity);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(sampling.Propensities[i], (double)counts[i] / Grid, 2.0 / Grid);
        }
    }

    [Fact]
    public void Propensities_OfOneVariant_AreCertain() => Assert.Equal([1.0], new ThompsonSampling([new(5, 1)]).Propensities.ToArray());

    [Fact]
    public void Constructor_WithBadCounts_NamesTheVariant()
    {
        Assert.Contains("Variant 1", Assert.Throws<ArgumentOutOfRangeException>(() => new ThompsonSampling([new(5, 1), new(5, 6)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThompsonSampling([new(double.NaN, 0)]));
        Assert.Throws<ArgumentException>(() => new ThompsonSampling([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThompsonSampling([new(1, 0)], new ThompsonOptions(FloorShare: 1.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThompsonSampling([new(1, 0)], new ThompsonOptions(PriorFailures: 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThompsonSampling([new(1, 0)]).Choose(1));
    }

    // E. Miller, "Formulas for Bayesian A/B testing": a finite sum over the integer parameter of the second posterior.
    private static double SecondBeatsFirst(int alphaA, int betaA, int alphaB, int betaB)
    {
        var total = 0.0;
        for (var i = 0; i < alphaB; i++)
        {
            total += Math.Exp(
                SpecialFunctions.BetaLn(alphaA + i, betaB + betaA) - Math.Log(betaB + i) - SpecialFunctions.BetaLn(1 + i, betaB) - SpecialFunctions.BetaLn(alphaA, betaA));
        }

        return total;
    }
}
