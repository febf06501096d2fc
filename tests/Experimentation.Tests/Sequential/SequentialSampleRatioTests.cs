using Noah.Experimentation.Inference;
using Noah.Experimentation.Sequential;

namespace Noah.Experimentation.Tests.Sequential;

public sealed class SequentialSampleRatioTests
{
    // Two arms, κ = 2 at equal weights: a uniform prior, whose evidence is B(1 + a, 1 + b) 2^(a+b) = a! b! / (a + b + 1)! · 2^(a+b).
    [Fact]
    public void Evidence_UnderAUniformPrior_IsTheBetaIntegral()
    {
        var result = SequentialSampleRatio.Test([7, 2], [1, 1], concentration: 2);
        Assert.Equal(Math.Log(5040.0 * 2 / 3_628_800 * 512), result.LogEvidence, 1e-10);
    }

    // Rounds of one unit, multiplied: κ s + n_a over κ + n, against the planned share.
    [Fact]
    public void Evidence_EqualsTheProductOfPredictions()
    {
        double[] weights = [0.5, 0.3, 0.2];
        int[] arrivals = [0, 1, 0, 2, 2, 1, 0, 0, 2, 2, 2];
        var counts = new long[3];
        var log = 0.0;
        foreach (var arm in arrivals)
        {
            log += Math.Log(((30 * weights[arm]) + counts[arm]) / (30 + counts.Sum()) / weights[arm]);
            counts[arm]++;
        }

        Assert.Equal(log, SequentialSampleRatio.Test(counts, [5, 3, 2], concentration: 30).LogEvidence, 1e-10);
    }

    [Fact]
    public void Follow_FindsTheDayOfOnset_AndKeepsIt()
    {
        var days = new long[40];
        for (var day = 0; day < 20; day++)
        {
            (days[2 * day], days[(2 * day) + 1]) = day is >= 5 and < 10 ? (1000, 800) : (1000, 1000);
        }

        var result = SequentialSampleRatio.Follow(days, [1, 1]);
        Assert.Equal(SampleRatioVerdict.Mismatch, result.Verdict);
        Assert.InRange(result.Onset!.Value, 5, 9);
        Assert.Equal(SampleRatioVerdict.Consistent, SequentialSampleRatio.Follow(days.AsSpan(0, 10), [1, 1]).Verdict);
    }

    [Fact]
    public void Follow_OverManyNulls_AlarmsNoMoreThanTheThreshold()
    {
        var random = new Random(3);
        var alarms = 0;
        var day = new long[2 * 100];
        for (var run = 0; run < 2_000; run++)
        {
            for (var d = 0; d < 100; d++)
            {
                // 200 units a day, 80/20, by the normal law of the binomial.
                day[2 * d] = Math.Clamp((long)Math.Round(160 + (Math.Sqrt(32) * Draw.Normal(random))), 0, 200);
                day[(2 * d) + 1] = 200 - day[2 * d];
            }

            alarms += SequentialSampleRatio.Follow(day, [4, 1], 0.05, 300).Onset is null ? 0 : 1;
        }

        Assert.InRange(alarms / 2000.0, 0.001, 0.05 + (4 * Math.Sqrt(0.05 * 0.95 / 2000)));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>("counts", () => SequentialSampleRatio.Test([1], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>("counts", () => SequentialSampleRatio.Test([1, -1], [1, 1]));
        Assert.Throws<ArgumentException>("weights", () => SequentialSampleRatio.Test([1, 1], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>("concentration", () => SequentialSampleRatio.Test([1, 1], [1, 1], concentration: 0));
        Assert.Throws<ArgumentException>("dailyCounts", () => SequentialSampleRatio.Follow([1, 2, 3], [1, 1]));
    }
}
