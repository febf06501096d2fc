using Noah.Prediction.Uplift;

namespace Noah.Prediction.Tests.Uplift;

public sealed class UpliftMetricsTests
{
    [Fact]
    public void Compute_OfSixRows_EqualsTheAreasByHand()
    {
        // In falling order: T 1, C 0, T 1, C 1, T 0, C 0. Lift after each row: -, 1, 1, 1/2, 1/6, 1/3.
        float[] effects = [6, 5, 4, 3, 2, 1], outcomes = [1, 0, 1, 1, 0, 0];
        bool[] treated = [true, false, true, false, true, false];
        var metrics = UpliftMetrics.Compute(effects, treated, outcomes, resamples: 0);
        double[] gains = [0, 2 / 6.0, 3 / 6.0, 4 / 6.0 / 2, 5 / 6.0 / 6, 1 / 3.0];
        Assert.Equal(gains, metrics.Curve.Select(point => point.Gain), (a, b) => Math.Abs(a - b) < 1e-12);
        double area = (gains[..5].Sum() + gains[5] / 2) / 6;
        Assert.Equal(area, metrics.Auuc!.Value, 12);
        Assert.Equal(1 / 6.0, metrics.RandomAuuc!.Value, 12);
        Assert.Equal(area - 1 / 6.0, metrics.GainOverRandom!.Value, 12);
        // Radcliffe: Y_t - Y_c N_t / N_c after each row: -, 1, 2, 1, 1/2, 1; over 6 rows.
        Assert.Equal((0 + 1 + 2 + 1 + 0.5 + 0.5) / 36 - 1 / 12.0, metrics.Qini!.Value, 12);
        Assert.Equal(UpliftEvidence.NotTested, metrics.Evidence);
        Assert.Null(metrics.GainLower);
    }

    [Fact]
    public void Compute_OfTies_EqualsTheMeanOverTheirOrders()
    {
        // All scores equal: the curve is the straight line of a random order.
        var trial = PlantedEffect.Create(500, 11, confounded: false);
        var tied = UpliftMetrics.Compute(new float[500], trial.Treated, trial.Outcomes);
        Assert.Equal(0, tied.GainOverRandom!.Value, 12);
        Assert.Equal(0, tied.Qini!.Value, 12);
        Assert.Equal(UpliftEvidence.NoEvidence, tied.Evidence);
    }

    [Fact]
    public void Compute_OfTheTrueEffects_FindsEvidenceAndOfTheirReverseTheOpposite()
    {
        var trial = PlantedEffect.Create(3000, 12, confounded: false);
        Assert.Equal(UpliftEvidence.BetterThanRandom, UpliftMetrics.Compute(trial.Effects, trial.Treated, trial.Outcomes).Evidence);
        float[] reversed = [.. trial.Effects.Select(effect => -effect)];
        Assert.Equal(UpliftEvidence.WorseThanRandom, UpliftMetrics.Compute(reversed, trial.Treated, trial.Outcomes).Evidence);
    }

    [Fact]
    public void Evidence_OfRankingsByChance_IsRareAsPromised()
    {
        int found = Enumerable.Range(200, 200).Count(seed =>
        {
            var trial = PlantedEffect.Create(300, seed, confounded: false);
            var random = new Random(seed);
            float[] chance = [.. trial.Effects.Select(_ => (float)random.NextDouble())];
            return UpliftMetrics.Compute(chance, trial.Treated, trial.Outcomes, resamples: 200).Evidence != UpliftEvidence.NoEvidence;
        });
        // 5 % of 200 is 10; percentiles of 200 resamples of 300 rows are a little narrow. 22 is four standard errors above.
        Assert.InRange(found, 1, 22);
    }

    [Fact]
    public void Compute_OfAConfoundedLogWithPropensities_GivesTheTrueMeanEffect()
    {
        var log = PlantedEffect.Create(20_000, 13, confounded: true);
        var weighted = UpliftMetrics.Compute(log.Effects, log.Treated, log.Outcomes, log.Propensities, resamples: 0);
        var plain = UpliftMetrics.Compute(log.Effects, log.Treated, log.Outcomes, resamples: 0);
        Assert.Equal(log.TrueMean, 2 * weighted.RandomAuuc!.Value, 0.15);
        Assert.True(2 * plain.RandomAuuc!.Value > log.TrueMean + 1);
    }

    [Fact]
    public void Compute_OfOneArmOrFewRows_HasNoFiguresToMisread()
    {
        float[] ones = [1, 1, 1];
        var oneArm = UpliftMetrics.Compute(ones, [true, true, true], ones);
        Assert.Null(oneArm.Auuc);
        Assert.Null(oneArm.GainOverRandom);
        Assert.Equal(UpliftEvidence.NotTested, oneArm.Evidence);
        Assert.Throws<ArgumentException>(() => UpliftMetrics.Compute([float.NaN], [true], [1]));
        Assert.Throws<ArgumentException>(() => UpliftMetrics.Compute([1], [true], [1, 2]));
        Assert.Throws<ArgumentException>(() => UpliftMetrics.Compute([1], [true], [1], resamples: 50));
    }
}
