using Noah.Experimentation.Sequential;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Sequential;

/// <summary>All members of a sequence must hold the truth together; the study `inference-peeking` asks the same of more and heavier data.</summary>
public sealed class SequenceCalibrationTests
{
    // 4 against 1 in deviation, 1 against 3 in size, an effect, twice the planned number, a look every ten units of the smaller arm.
    [Fact]
    public void MeanSequence_WithUnequalArms_CoversTheTruthAtAllLooks()
    {
        var random = new Random(41);
        var plan = new SequentialPlan(200, 600, 0.9);
        const int Runs = 2_000;
        var lost = 0;
        for (var run = 0; run < Runs; run++)
        {
            Moments treatment = default, control = default;
            var missed = false;
            for (var look = 0; look < 40; look++)
            {
                for (var i = 0; i < 10; i++)
                {
                    treatment = treatment.Add(0.5 + (4 * Draw.Normal(random)));
                    control = control.Add(Draw.Normal(random)).Add(Draw.Normal(random)).Add(Draw.Normal(random));
                }

                missed |= MeanSequence.Look(treatment, control, plan).Interval is { } interval && !interval.Contains(0.5);
            }

            lost += missed ? 1 : 0;
        }

        Assert.InRange((double)lost / Runs, 0.03, 0.1 + (4 * Math.Sqrt(0.09 / Runs)));
    }

    [Fact]
    public void Sequences_OfRareAmounts_ErrAtMostAsOftenAsPromised()
    {
        var random = new Random(42);
        var plan = new SequentialPlan(5_000, 5_000, 0.9);
        const int Runs = 400;
        int mean = 0, ranks = 0, opened = 0;
        for (var run = 0; run < Runs; run++)
        {
            bool byMean = false, byRanks = false, open = false;
            List<double> treatment = [], control = [];
            for (var look = 1; look <= 20; look++)
            {
                treatment.AddRange(Draw.ZeroInflated(random, 500, 0.03, r => Draw.LogNormal(r, 0, 1)).Positives);
                control.AddRange(Draw.ZeroInflated(random, 500, 0.03, r => Draw.LogNormal(r, 0, 1)).Positives);
                var one = ZeroInflatedSample.FromPositives(treatment.ToArray(), (500 * look) - treatment.Count);
                var other = ZeroInflatedSample.FromPositives(control.ToArray(), (500 * look) - control.Count);
                var meanLook = MeanSequence.Look(one, other, plan);
                open |= meanLook.Status == SequentialStatus.Open;
                byMean |= meanLook.Decides;
                byRanks |= ZeroTrimmedSequence.Look(one, other, plan).Decides;
            }

            (mean, ranks, opened) = (mean + (byMean ? 1 : 0), ranks + (byRanks ? 1 : 0), opened + (open ? 1 : 0));
        }

        var slack = 4 * Math.Sqrt(0.09 / Runs);
        Assert.InRange(opened, 0.9 * Runs, Runs);
        Assert.InRange((double)mean / Runs, 0.005, 0.1 + slack);
        Assert.InRange((double)ranks / Runs, 0.01, 0.1 + slack);
    }
}
