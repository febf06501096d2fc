using Noah.Prediction.Calibration;

namespace Noah.Prediction.Tests.Calibration;

public sealed class MonotoneCalibrationTests
{
    [Fact]
    public void Pool_OfRandomTargets_EqualsTheMinMaxFormula()
    {
        var random = new Random(5);
        Isotonic.Block[] blocks = [.. Enumerable.Range(0, 60).Select(i => new Isotonic.Block(i, random.NextDouble() + i / 60.0, 1 + random.Next(5)))];
        var pooled = Isotonic.Pool(blocks);
        int at = 0;
        foreach (var step in pooled)
        {
            for (double weight = 0; weight < step.Weight - 1e-9; weight += blocks[at].Weight, at++)
            {
                Assert.Equal(MinMax(blocks, at), step.Target, 9);
            }
        }
        Assert.Equal(blocks.Length, at);
    }

    [Fact]
    public void Apply_OfIsotonicFit_RisesStrictlyAndMatchesTheTruth()
    {
        var random = new Random(6);
        float[] scores = [.. Enumerable.Range(0, 50_000).Select(_ => random.NextSingle())];
        // The truth is the square of what the scores say.
        float[] outcomes = [.. scores.Select(score => random.NextDouble() < score * score ? 1f : 0f)];
        var calibration = MonotoneCalibration.Fit(scores, outcomes, isProbability: true);
        Assert.Equal(CalibrationKind.Isotonic, calibration.Kind);
        double last = -1;
        for (double score = 0; score <= 1; score += 0.001)
        {
            double value = calibration.Apply(score);
            Assert.InRange(value, Math.Max(last, 0), 1);
            Assert.True(value > last);
            Assert.InRange(value - score * score, -0.04, 0.04);
            last = value;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_OfLevelFit_MatchesTheTotal(bool isProbability)
    {
        var random = new Random(7);
        float[] scores = [.. Enumerable.Range(0, 1_000).Select(_ => random.NextSingle())];
        float[] targets = [.. scores.Select((_, i) => i % 50 == 0 ? 1f : 0f)];
        var calibration = MonotoneCalibration.Fit(scores, targets, isProbability);
        Assert.Equal(CalibrationKind.Level, calibration.Kind);
        Assert.Equal(20, scores.Sum(score => calibration.Apply(score)), 5);
    }

    [Fact]
    public void Apply_OfIsotonicAmounts_MatchesTheTotal()
    {
        var random = new Random(8);
        float[] scores = [.. Enumerable.Range(0, 5_000).Select(_ => random.NextSingle() * 10)];
        float[] amounts = [.. scores.Select(score => random.NextDouble() < 0.3 ? score * score : 0f)];
        var calibration = MonotoneCalibration.Fit(scores, amounts, isProbability: false);
        Assert.Equal(CalibrationKind.Isotonic, calibration.Kind);
        Assert.Equal(amounts.Sum(a => (double)a), scores.Sum(score => calibration.Apply(score)), 3);
    }

    [Fact]
    public void Fit_OfEqualScores_FallsBackToTheLevel()
    {
        float[] scores = [.. Enumerable.Repeat(0.4f, 1_000)], outcomes = [.. scores.Select((_, i) => i % 4 == 0 ? 1f : 0f)];
        var calibration = MonotoneCalibration.Fit(scores, outcomes, isProbability: true);
        Assert.Equal(CalibrationKind.Level, calibration.Kind);
        Assert.Equal(0.25, calibration.Apply(0.4f), 6);
    }

    /// <summary>Isotonic regression in closed form: max over starts of the min over ends of the weighted mean (Barlow et al. 1972).</summary>
    private static double MinMax(Isotonic.Block[] blocks, int at) =>
        Enumerable.Range(0, at + 1).Max(start => Enumerable.Range(at, blocks.Length - at).Min(end =>
        {
            var range = blocks[start..(end + 1)];
            return range.Sum(b => b.Target * b.Weight) / range.Sum(b => b.Weight);
        }));
}
