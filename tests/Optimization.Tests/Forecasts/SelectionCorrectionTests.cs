using Noah.Optimization.Forecasts;

namespace Noah.Optimization.Tests.Forecasts;

public sealed class SelectionCorrectionTests
{
    private const double Spread = 1, Noise = 0.8, Share = 0.2;
    private const double Shrinkage = Spread * Spread / (Spread * Spread + Noise * Noise);

    [Fact]
    public void Fit_OnNormalNoise_FindsTheShrinkageAtEveryPrice()
    {
        foreach (var price in new[] { -0.5, 0.5, 1.5 })
        {
            var correction = Fit(new NoisyChoice(seed: 7, mean: 0, Spread, Noise), units: 100_000, price, ofIndependent: 1.5);
            Assert.Equal(SelectionCorrectionStatus.Estimated, correction.Status);
            Assert.InRange(correction.FactorStandardError!.Value, 1e-4, 0.02);
            Assert.Equal(Shrinkage, correction.Factor!.Value, 4 * correction.FactorStandardError.Value);
        }
    }

    [Fact]
    public void Fit_WhereTheMeanIsNotZero_FindsTheRatioOfTruncatedNormalMeans()
    {
        const double Mean = 0.5, Price = 1.2;
        var deviation = Math.Sqrt(Spread * Spread + Noise * Noise);
        var z = (Price - Mean) / deviation;
        // Inverse Mills ratio at z = 0.546608 (φ = 0.343582, 1 − Φ = 0.292324).
        Assert.Equal(0.546608, z, 1e-6);
        var predicted = Mean + deviation * 0.343582 / 0.292324;
        var expected = (Mean + Shrinkage * (predicted - Mean)) / predicted;
        var correction = Fit(new NoisyChoice(seed: 3, Mean, Spread, Noise), units: 200_000, Price, ofIndependent: 0.7);
        Assert.Equal(expected, correction.Factor!.Value, 4 * correction.FactorStandardError!.Value);
        Assert.InRange(correction.FactorStandardError.Value, 1e-4, 0.005);
    }

    [Fact]
    public void TryApply_ToBudgetedPlans_CoversTheTruthThatTheNaiveForecastOverstates()
    {
        int covered = 0, naiveAbove = 0;
        const int Worlds = 400;
        double naive = 0, truth = 0;
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = new NoisyChoice(seed, mean: 0, Spread, Noise);
            var (value, predicted) = world.Draw(20_000);
            var price = NoisyChoice.Price(predicted, Share);
            var objective = Chosen(predicted, price).Sum(unit => predicted[unit]);
            var real = Chosen(predicted, price).Sum(unit => value[unit]);
            Assert.True(Fit(world, units: 2_000, price, ofIndependent: 1).TryApply(objective, out var forecast));
            covered += real >= forecast.Lower && real <= forecast.Upper ? 1 : 0;
            naiveAbove += objective > forecast.Upper ? 1 : 0;
            naive += objective;
            truth += real;
        }

        Assert.Equal(1 / Shrinkage, naive / truth, 0.01);
        Assert.InRange(covered, 0.90 * Worlds, 0.99 * Worlds);
        Assert.Equal(Worlds, naiveAbove);
    }

    [Fact]
    public void TryApply_WithOutcomesOfARandomisedLog_CoversTheTruth()
    {
        // A member buys for one dollar with probability 0.1, and 0.02·v more when sent to; held-out members were sent to at random.
        const double Propensity = 0.3, Base = 0.1, Scale = 0.02;
        const int Worlds = 400;
        var covered = 0;
        for (var seed = 1; seed <= Worlds; seed++)
        {
            var world = new NoisyChoice(seed, mean: 1, Spread, Noise);
            var (value, predicted) = world.Draw(10_000);
            var held = Chosen(predicted, price: 1.5);
            var independent = held.Select(unit =>
            {
                var sent = world.Uniform() < Propensity;
                var converts = world.Uniform() < Base + (sent ? Scale * value[unit] : 0);
                return !converts ? 0 : sent ? 1 / Propensity : -1 / (1 - Propensity);
            }).ToArray();
            var correction = SelectionCorrection.Fit([.. held.Select(unit => Scale * predicted[unit])], independent);

            var (planValue, planPredicted) = world.Draw(20_000);
            var plan = Chosen(planPredicted, price: 1.5);
            Assert.True(correction.TryApply(plan.Sum(unit => Scale * planPredicted[unit]), out var forecast));
            var real = plan.Sum(unit => Scale * planValue[unit]);
            covered += real >= forecast.Lower && real <= forecast.Upper ? 1 : 0;
        }

        Assert.InRange(covered, 0.90 * Worlds, 0.99 * Worlds);
    }

    [Fact]
    public void FactorStandardError_AgreesWithTheJackknife()
    {
        var world = new NoisyChoice(seed: 11, mean: 0.3, Spread, Noise);
        var (value, predicted) = world.Draw(1_500);
        var chosen = Chosen(predicted, price: 0.9);
        double[] p = [.. chosen.Select(unit => predicted[unit])], y = [.. chosen.Select(unit => value[unit] + 2 * world.Normal())];
        var left = Enumerable.Range(0, p.Length).Select(omitted => (y.Sum() - y[omitted]) / (p.Sum() - p[omitted])).ToArray();
        var jackknife = Math.Sqrt((p.Length - 1.0) / p.Length * left.Sum(factor => Math.Pow(factor - left.Average(), 2)));
        var correction = SelectionCorrection.Fit(p, y);
        Assert.Equal(jackknife, correction.FactorStandardError!.Value, 0.01 * jackknife);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.25)]
    [InlineData(-0.5)]
    public void Fit_OfExactMultiples_IsThatMultipleUnclamped(double multiple)
    {
        var predicted = Enumerable.Range(1, 64).Select(unit => (double)unit).ToArray();
        var correction = SelectionCorrection.Fit(predicted, [.. predicted.Select(value => multiple * value)]);
        Assert.Equal((multiple, 0, 64), (correction.Factor, correction.FactorStandardError, correction.Units));
        Assert.True(correction.TryApply(200, out var forecast));
        Assert.Equal(new CorrectedForecast(200, 200 * multiple, 0, 200 * multiple, 200 * multiple), forecast);
    }

    [Fact]
    public void TryApply_AtTheLeastNumberOfUnits_UsesStudentsT()
    {
        // 30 predictions of 1; estimates 0 and 2 in turns: mean 1, standard deviation √(30/29), error of the mean 1/√29.
        var correction = SelectionCorrection.Fit(Enumerable.Repeat(1.0, 30).ToArray(), [.. Enumerable.Range(0, 30).Select(unit => 2.0 * (unit % 2))]);
        Assert.Equal(1 / Math.Sqrt(29), correction.FactorStandardError!.Value, 1e-12);
        Assert.True(correction.TryApply(10, out var forecast));
        // t table: 2.0452 at 29 degrees of freedom.
        Assert.Equal(10 + 2.0452 * 10 / Math.Sqrt(29), forecast.Upper, 1e-3);
        Assert.Equal(20, forecast.Lower + forecast.Upper, 1e-9);
        Assert.True(correction.TryApply(-10, out var loss));
        Assert.Equal((-forecast.Upper, -forecast.Lower), (loss.Lower, loss.Upper));
    }

    [Fact]
    public void Fit_OnFewUnits_HasNoFactor()
    {
        var correction = SelectionCorrection.Fit(new double[29], new double[29]);
        Assert.Equal((SelectionCorrectionStatus.TooFewChosen, null, null, 29), (correction.Status, correction.Factor, correction.FactorStandardError, correction.Units));
        Assert.False(correction.TryApply(5, out var forecast));
        Assert.Null(forecast);
        Assert.Equal(SelectionCorrectionStatus.TooFewChosen, SelectionCorrection.Fit([], []).Status);
    }

    [Fact]
    public void Fit_WherePredictionsSumToNothing_HasNoFactor()
    {
        double[] zero = new double[40], loss = [.. zero.Select(_ => -1.0)], one = [.. zero.Select(_ => 1.0)];
        // One huge prediction among small ones: the sum is positive, but only by one standard error.
        double[] huge = [.. one[1..], 1e6];
        foreach (var predicted in new[] { zero, loss, huge })
        {
            var correction = SelectionCorrection.Fit(predicted, one);
            Assert.Equal((SelectionCorrectionStatus.PredictedSumNotPositive, null, null), (correction.Status, correction.Factor, correction.FactorStandardError));
        }
    }

    [Fact]
    public void WrongCalls_NameTheParameter()
    {
        var good = Enumerable.Repeat(1.0, 30).ToArray();
        Assert.Equal("independentOfChosen", Assert.Throws<ArgumentException>(() => SelectionCorrection.Fit(good, good.AsSpan(1))).ParamName);
        Assert.Equal("predictedOfChosen", Assert.Throws<ArgumentException>(() => SelectionCorrection.Fit([double.NaN], [1])).ParamName);
        Assert.Equal("independentOfChosen", Assert.Throws<ArgumentException>(() => SelectionCorrection.Fit([1], [double.PositiveInfinity])).ParamName);
        Assert.Equal("objective", Assert.Throws<ArgumentOutOfRangeException>(() => SelectionCorrection.Fit(good, good).TryApply(double.NaN, out _)).ParamName);
    }

    private static SelectionCorrection Fit(NoisyChoice world, int units, double price, double ofIndependent)
    {
        var (value, predicted) = world.Draw(units);
        var chosen = Chosen(predicted, price);
        return SelectionCorrection.Fit([.. chosen.Select(unit => predicted[unit])], [.. chosen.Select(unit => value[unit] + ofIndependent * world.Normal())]);
    }

    private static int[] Chosen(double[] predicted, double price) => [.. Enumerable.Range(0, predicted.Length).Where(unit => predicted[unit] > price)];
}
