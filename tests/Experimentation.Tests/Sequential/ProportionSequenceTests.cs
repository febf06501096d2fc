using Noah.Experimentation.Sequential;

namespace Noah.Experimentation.Tests.Sequential;

public sealed class ProportionSequenceTests
{
    // The minimum against a scan of a million baseline rates.
    [Theory]
    [InlineData(100, 0.03, 900, 0.01, 0.005)]
    [InlineData(5, 0.5, 5, 0.5, -0.9)]
    [InlineData(1, 0.999, 1, 0.001, 0)]
    [InlineData(40, 0.2, 0, 0.1, 0.1)]
    public void ClosestNull_EqualsAScan(double n1, double q1, double n0, double q0, double difference)
    {
        double low = Math.Max(0, -difference), high = Math.Min(1, 1 - difference), best = double.MaxValue, at = 0;
        for (var i = 1; i < 1_000_000; i++)
        {
            var p0 = low + ((high - low) * i / 1e6);
            var p1 = p0 + difference;
            var loss = -(n1 * ((q1 * Math.Log(p1)) + ((1 - q1) * Math.Log(1 - p1)))) - (n0 * ((q0 * Math.Log(p0)) + ((1 - q0) * Math.Log(1 - p0))));
            (best, at) = loss < best ? (loss, p0) : (best, at);
        }

        var (found1, found0) = NullRates.Closest(n1, q1, n0, q0, difference);
        Assert.Equal(at, found0, 2e-6);
        Assert.Equal(found0 + difference, found1, 1e-12);
    }

    // The martingale, summed over all outcomes of two batches under a null: at most one, whatever the baseline.
    [Theory]
    [InlineData(0.0, 0.2)]
    [InlineData(0.0, 0.01)]
    [InlineData(0.15, 0.1)]
    [InlineData(-0.3, 0.5)]
    public void Evidence_UnderItsNull_HasExpectationOfAtMostOne(double difference, double control)
    {
        const int N1 = 6, N0 = 9;
        double expectation = 0, mass = 0;
        Span<ProportionBatch> batches = stackalloc ProportionBatch[2];
        for (var a = 0; a <= N1; a++)
        {
            for (var b = 0; b <= N0; b++)
            {
                for (var c = 0; c <= N1; c++)
                {
                    for (var d = 0; d <= N0; d++)
                    {
                        batches[0] = new(N1, a, N0, b);
                        batches[1] = new(N1, c, N0, d);
                        var p = Binomial(N1, a, control + difference) * Binomial(N0, b, control)
                            * Binomial(N1, c, control + difference) * Binomial(N0, d, control);
                        mass += p;
                        expectation += p * Math.Exp(ProportionSequence.LogEvidence(batches, 5, difference));
                    }
                }
            }
        }

        Assert.Equal(1, mass, 1e-12);
        Assert.InRange(expectation, 0.2, 1 + 1e-9);
    }

    [Fact]
    public void Look_AtSmallCounts_ErrsAtMostAsOftenAsPromised_AndCoversTheTruth()
    {
        var random = new Random(11);
        var plan = new SequentialPlan(1_000, 3_000, 0.9);
        int wrong = 0, uncovered = 0;
        const int Runs = 150, Days = 20;
        var batches = new ProportionBatch[Days];
        for (var run = 0; run < Runs; run++)
        {
            bool alarmed = false, lost = false;
            for (var day = 0; day < Days; day++)
            {
                batches[day] = new(50, Successes(50, 0.012), 150, Successes(150, 0.004));
                if (day % 4 != 3)
                {
                    continue;
                }

                var look = ProportionSequence.Look(batches.AsSpan(0, day + 1), plan);
                lost |= !look.Interval!.Value.Contains(0.008);
                alarmed |= ProportionSequence.LogEvidence(batches.AsSpan(0, day + 1), 750, 0.008) >= Math.Log(10);
            }

            wrong += alarmed ? 1 : 0;
            uncovered += lost ? 1 : 0;
        }

        Assert.Equal(wrong, uncovered);
        Assert.InRange((double)uncovered / Runs, 0, 0.1 + (4 * Math.Sqrt(0.09 / Runs)));

        int Successes(int units, double rate) => Enumerable.Range(0, units).Count(_ => random.NextDouble() < rate);
    }

    [Fact]
    public void Look_OfAClearDifference_DecidesAndNarrows()
    {
        var plan = new SequentialPlan(20_000, 20_000);
        var batches = Enumerable.Repeat(new ProportionBatch(1_000, 60, 1_000, 40), 20).ToArray();
        var early = ProportionSequence.Look(batches.AsSpan(0, 3), plan);
        var late = ProportionSequence.Look(batches, plan);
        Assert.Equal(0.02, late.Estimate!.Value, 1e-12);
        var path = ProportionSequence.PValues(batches, plan);
        Assert.Equal((early.PValue, late.PValue), (path[2], path[^1]));
        Assert.True(late.Decides && late.PValue < 1e-10 && late.Interval!.Value.Lower > 0.01);
        Assert.True(late.Interval.Value.Upper - late.Interval.Value.Lower < early.Interval!.Value.Upper - early.Interval.Value.Lower);
        Assert.True(early.Interval.Value.Contains(0.02) && late.Interval.Value.Contains(0.02));

        // Two-sided normal width is 4.1e-3 each side here; the sequence may be at most twice as wide.
        Assert.InRange(late.Interval.Value.Upper - 0.02, 0.0043, 0.0086);
    }

    [Fact]
    public void Look_BeforeBothArmsHaveUnits_IsBurnIn_AndWithoutSuccessesOpen()
    {
        var plan = new SequentialPlan(100, 100);
        Assert.Equal(SequentialStatus.BurnIn, ProportionSequence.Look([new(5, 0, 0, 0)], plan).Status);
        var nothing = ProportionSequence.Look([new(50, 0, 50, 0), new(50, 0, 50, 0)], plan);
        Assert.True(nothing.Interval!.Value.Contains(0) && !nothing.Decides);
        Assert.Throws<ArgumentException>("batches", () => ProportionSequence.Look([new(5, 6, 5, 0)], plan));
    }

    private static double Binomial(int n, int k, double p) =>
        MathNet.Numerics.SpecialFunctions.Binomial(n, k) * Math.Pow(p, k) * Math.Pow(1 - p, n - k);
}
