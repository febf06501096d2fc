using Noah.Prediction.Surrogates;

namespace Noah.Prediction.Tests.Surrogates;

public sealed class SurrogateValidationTests
{
    [Fact]
    public void Lift_OfKnownMembers_IsCountedByHand()
    {
        var lift = ExperimentLift.Of([1, 3, 2, 6], [10, 14, 11, 21], [false, false, true, true]);
        Assert.Equal((2.0, 4.0), (lift.Proxy, lift.True));
        // Variances of the means: 2/2 + 8/2 and 8/2 + 50/2; covariance 4/2 + 20/2.
        Assert.Equal(Math.Sqrt(5), lift.ProxyError, 12);
        Assert.Equal(Math.Sqrt(29), lift.TrueError, 12);
        Assert.Equal(12 / Math.Sqrt(5 * 29), lift.ErrorCorrelation, 12);
        Assert.Throws<ArgumentException>("treated", () => ExperimentLift.Of([1, 2], [1, 2], [true, false]));
    }

    [Fact]
    public void AProxyThatMovesWithTheTruth_IsUsable()
    {
        var report = SurrogateValidation.Judge(Lifts(40, 0.95, errors: 0.3, shared: 0.5, 1), Predicted, Matured(1, 1));
        Assert.Equal(SurrogateStatus.Usable, report.Status);
        Assert.InRange(report.Correlation!.Value.Value, 0.85, 1);
        Assert.True(report.Correlation.Value.Lower >= 0.5 && report.SignAgreement > 0.7);
        Assert.Equal(10, report.Deciles.Count);
    }

    [Fact]
    public void ErrorsThatBothShare_DoNotMakeARelation()
    {
        // Effects are unrelated; the same members' errors are not, and outweigh them.
        var report = SurrogateValidation.Judge(Lifts(60, 0, errors: 1.5, shared: 0.95, 2), Predicted, Matured(1, 1));
        Assert.True(report.RawCorrelation > 0.5, $"raw {report.RawCorrelation}");
        Assert.True(!(report.Correlation?.Value > 0.5), $"corrected {report.Correlation}");
        Assert.Equal(SurrogateStatus.NotRelated, report.Status);
    }

    [Fact]
    public void CorrectedCorrelation_IsRightOnAverage()
    {
        // The raw one is not: independent errors dampen it to 0.8 / 1.25.
        double[] values = [.. Enumerable.Range(0, 60).Select(seed => SurrogateValidation.Judge(
            Lifts(200, 0.8, errors: 0.5, shared: 0, seed), Predicted, Matured(1, 1), new SurrogateOptions { Resamples = 200 }).Correlation!.Value.Value)];
        Assert.InRange(values.Average(), 0.78, 0.82);
    }

    [Theory]
    [InlineData(1.6, 1)]
    [InlineData(1, 0.2)]
    public void AmountsThatDoNotComeTrue_AreNotCalibrated(double level, double slope)
    {
        var report = SurrogateValidation.Judge(Lifts(40, 0.95, 0.3, 0.5, 4), Predicted, Matured(level, slope));
        Assert.Equal(SurrogateStatus.NotCalibrated, report.Status);
        Assert.Equal(1 / level, report.Level!.Value.Value, 0.05);
        Assert.True(report.Level.Value.Lower < report.Level.Value.Upper);
    }

    [Fact]
    public void FewExperiments_OrImpossibleOnes_AreSaid()
    {
        var report = SurrogateValidation.Judge(Lifts(9, 1, 0.1, 0, 5), Predicted, Matured(1, 1));
        Assert.Equal((SurrogateStatus.TooFewExperiments, null, null), (report.Status, report.Correlation, report.SignAgreement));
        Assert.NotNull(report.Slope);
        Assert.Null(SurrogateValidation.Judge([], Predicted, new float[Predicted.Length]).Level);
        Assert.Throws<ArgumentException>("lifts", () => SurrogateValidation.Judge([new ExperimentLift(1, 1, 0, 1, 0)], Predicted, Matured(1, 1)));
        Assert.Throws<ArgumentException>("actual", () => SurrogateValidation.Judge([], Predicted, [1]));
        Assert.Throws<ArgumentOutOfRangeException>("MinCorrelation", () => SurrogateValidation.Judge([], Predicted, Matured(1, 1), new SurrogateOptions { MinCorrelation = 1 }));
    }

    private static float[] Predicted { get; } = [.. Enumerable.Range(0, 4_000).Select(i => 5 + 20f * i / 4_000)];

    /// <summary>What the predicted members brought: exponential around level × (mean + slope × what they differ by).</summary>
    private static float[] Matured(double level, double slope)
    {
        var random = new Random(7);
        double mean = Predicted.Average();
        return [.. Predicted.Select(p => (float)(-Math.Log(1 - random.NextDouble()) * level * (mean + slope * (p - mean))))];
    }

    /// <summary>Experiments with standard normal effects of a correlation, and errors of their own correlation.</summary>
    private static ExperimentLift[] Lifts(int count, double correlation, double errors, double shared, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double first = SyntheticCampaign.Normal(random), second = correlation * first + Math.Sqrt(1 - correlation * correlation) * SyntheticCampaign.Normal(random);
            double noise = SyntheticCampaign.Normal(random), other = shared * noise + Math.Sqrt(1 - shared * shared) * SyntheticCampaign.Normal(random);
            return new ExperimentLift(first + errors * noise, second + errors * other, errors, errors, shared);
        })];
    }
}
