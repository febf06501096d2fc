using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;
using Noah.Experimentation.Triggering;

namespace Noah.Experimentation.Tests.Triggering;

public sealed class TriggeredAnalysisTests
{
    // Ten units, one run: outcomes by hand.
    private static readonly long[] Units = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    private static readonly int[] Runs = new int[10];
    private static readonly bool[] Treated = [true, true, true, true, true, false, false, false, false, false];
    private static readonly int[] ControlActions = [1, 1, 0, 0, 2, 1, 1, 0, 0, 2];
    private static readonly int[] TreatmentActions = [1, 0, 2, 2, 3, 1, 0, 2, 2, 2];
    private static readonly double[] Outcomes = [9, 1, 6, 8, 3, 7, 2, 4, 4, 5];

    [Fact]
    public void Analyze_OnTenUnits_EqualsHandComputation()
    {
        var report = TriggeredAnalysis.Analyze(new(Units, Runs, Treated, ControlActions, TreatmentActions, Outcomes));
        double[] treatment = [1, 6, 8, 3], control = [2, 4, 4];
        var welch = WelchTest.Compare(Moments.Of(treatment), Moments.Of(control));
        Assert.Equal(0.7, report.TriggeredShare!.Value, 1e-12);
        Assert.Equal(welch.Difference!.Value, report.Triggered.Difference!.Value, 1e-12);
        Assert.Equal(welch.StandardError!.Value, report.Triggered.StandardError!.Value, 1e-12);
        Assert.Equal(welch.PValue!.Value, report.Triggered.PValue!.Value, 1e-10);
        Assert.Equal(welch.Interval!.Value.Lower, report.Triggered.Interval!.Value.Lower, 1e-9);
        var effect = 4.5 - (10 / 3.0);
        Assert.Equal(0.7 * effect, report.Diluted.Difference!.Value, 1e-12);
        Assert.Equal(
            Math.Sqrt((0.49 * welch.StandardError.Value * welch.StandardError.Value) + (effect * effect * 0.21 / 10)),
            report.Diluted.StandardError!.Value, 1e-12);
        Assert.Equal(
            [(TriggerCell.Agree, 0.3), (TriggerCell.ControlOnly, 0.2), (TriggerCell.TreatmentOnly, 0.4), (TriggerCell.DifferentAction, 0.1)],
            report.Cells.Select(cell => (cell.Cell, Math.Round(cell.Share, 12))));
        Assert.Equal((2, 2), (report.Cells[2].Contrast.Treatment, report.Cells[2].Contrast.Control));
        Assert.Equal(3.0, report.Cells[2].Contrast.Difference!.Value, 1e-12);
        Assert.Equal(0.4 * 3, report.Cells[2].Contribution!.Value, 1e-12);
        Assert.Null(report.Cells[1].Contrast.Difference);

        // Sends: treated 4 of 5, control 3 of 5.
        Assert.Equal(0.2, report.Sends.Difference!.Value, 1e-12);
        Assert.Null(report.Sends.Matched);
        Assert.Null(report.Cost);
    }

    // Before its first disagreement a unit belongs to the complement, from it on to its cell, whatever later runs decide.
    [Fact]
    public void Analyze_OverRuns_SplitsAUnitAtItsFirstDisagreement()
    {
        var log = new PolicyDecisions(
            (long[])[7, 7, 7, 8], (int[])[3, 1, 2, 1], (bool[])[true, true, true, false], (int[])[1, 1, 0, 0], (int[])[1, 1, 4, 0],
            (double[])[100, 1, 10, 5], (double[])[0.2, 0.3, 0.4, 0]);
        var unit = log.Units[0];
        Assert.Equal((TriggerCell.TreatmentOnly, 1.0, 110.0, 3.0), (unit.Cell, unit.Before, unit.Since, unit.Sends));
        Assert.Equal(0.9, unit.Cost, 1e-12);
        Assert.Equal(TriggerCell.Agree, log.Units[1].Cell);
    }

    // Units of weight w are w units of weight one in the means; the errors are those of the records that are there.
    [Fact]
    public void Weights_RestoreTheMeansOfUnitsNotLogged()
    {
        double[] weights = [1, 1, 2, 2, 1, 1, 1, 2, 2, 1];
        var report = TriggeredAnalysis.Analyze(new(Units, Runs, Treated, ControlActions, TreatmentActions, Outcomes, default, weights));
        Assert.Equal((1 + (2 * 6) + (2 * 8) + 3) / 6.0, report.Triggered.TreatmentMean!.Value, 1e-12);
        Assert.Equal((2 + (2 * 4) + (2 * 4)) / 5.0, report.Triggered.ControlMean!.Value, 1e-12);
        Assert.Equal(11.0 / 14, report.TriggeredShare!.Value, 1e-12);
    }

    [Fact]
    public void Analyze_OverManyWorlds_IsUnbiasedCoversAndSharpens()
    {
        var random = new Random(21);
        const int Worlds = 300, Size = 2_000;
        const double Share = 0.1, Effect = 1.5;
        double bias = 0, ratio = 0;
        int covered = 0, unhealthy = 0;
        for (var world = 0; world < Worlds; world++)
        {
            var log = World(random, Size, Share, Effect);
            var report = TriggeredAnalysis.Analyze(log);
            bias += (report.Diluted.Difference!.Value - (Share * Effect)) / Worlds;
            covered += report.Diluted.Interval!.Value.Contains(Share * Effect) ? 1 : 0;
            ratio += report.VarianceRatio!.Value / Worlds;
            unhealthy += report.Status == TriggeredStatus.Sound ? 0 : 1;
        }

        // Standard error of a diluted effect is 0.1 √(4·4/200) = 0.028.
        Assert.InRange(bias, -4 * 0.03 / Math.Sqrt(Worlds), 4 * 0.03 / Math.Sqrt(Worlds));
        Assert.InRange((double)covered / Worlds, 0.95 - (4 * Math.Sqrt(0.05 * 0.95 / Worlds)), 1);
        Assert.InRange(ratio, 8, 12);
        Assert.InRange(unhealthy, 0, 4);
    }

    [Fact]
    public void Analyze_WhereTheTriggerDependsOnTheArm_SaysSo()
    {
        var random = new Random(22);
        var leaky = TriggeredAnalysis.Analyze(World(random, 20_000, 0.2, 0, leak: 0.1));
        Assert.Equal(TriggeredStatus.SampleRatioMismatch, leaky.Status);
        Assert.Equal(SampleRatioVerdict.Consistent, leaky.WholeRatio.Verdict);
        Assert.Equal(SampleRatioVerdict.Mismatch, leaky.TriggeredRatio.Verdict);

        // Decisions logged wrongly: agreeing units were treated differently after all.
        var differing = TriggeredAnalysis.Analyze(World(random, 20_000, 0.2, 0, complement: 0.2));
        Assert.Equal(TriggeredStatus.ComplementDiffers, differing.Status);
    }

    [Fact]
    public void Analyze_WithoutTriggeredUnits_SaysSo()
    {
        var report = TriggeredAnalysis.Analyze(new(Units, Runs, Treated, ControlActions, ControlActions, Outcomes));
        Assert.Equal(TriggeredStatus.TooFewTriggered, report.Status);
        Assert.Equal(0, report.TriggeredShare);
        Assert.Null(report.Diluted.Difference);
        Assert.Null(report.VarianceRatio);
        var empty = TriggeredAnalysis.Analyze(new(default, default, default, default, default, default));
        Assert.Null(empty.TriggeredShare);
        Assert.Equal(TriggeredStatus.TooFewTriggered, empty.Status);
    }

    [Fact]
    public void Sends_OfEqualArms_AreMatched_AndOfUnequalOnesNot()
    {
        var random = new Random(23);
        Assert.True(TriggeredAnalysis.Analyze(World(random, 40_000, 0.05, 0), new() { MatchTolerance = 0.1 }).Sends.Matched);
        Assert.False(TriggeredAnalysis.Analyze(World(random, 40_000, 0.6, 0, onlyTreatmentSends: true)).Sends.Matched);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>("runs", () => new PolicyDecisions(Units, new int[9], Treated, ControlActions, TreatmentActions, Outcomes));
        Assert.Throws<ArgumentException>("runs", () => Two([1, 1], [true, true], runs: [4, 4]));
        Assert.Throws<ArgumentException>("treated", () => Two([1, 1], [true, false]));
        double[] unknown = [.. Outcomes[..9], double.NaN];
        Assert.Throws<ArgumentException>("outcomes", () => new PolicyDecisions(Units, Runs, Treated, ControlActions, TreatmentActions, unknown));
        Assert.Throws<ArgumentException>(
            "controlActions", () => new PolicyDecisions((long[])[1], (int[])[1], (bool[])[true], (int[])[-1], (int[])[1], (double[])[1]));
        Assert.Throws<ArgumentOutOfRangeException>(
            "options", () => TriggeredAnalysis.Analyze(Two([1, 2], [true, false]), new() { MatchTolerance = 0 }));

        static PolicyDecisions Two(long[] units, bool[] treated, int[]? runs = null) =>
            new(units, runs ?? [1, 2], treated, (int[])[0, 0], (int[])[1, 1], (double[])[1, 2]);
    }

    private static PolicyDecisions World(
        Random random, int size, double share, double effect, double leak = 0, double complement = 0, bool onlyTreatmentSends = false)
    {
        var (units, runs, treated) = (new long[size], new int[size], new bool[size]);
        var (control, treatment, outcomes) = (new int[size], new int[size], new double[size]);
        for (var i = 0; i < size; i++)
        {
            units[i] = i;
            treated[i] = random.NextDouble() < 0.5;
            control[i] = random.Next(3);
            var disagree = random.NextDouble() < share + (treated[i] ? leak : 0);
            (control[i], treatment[i]) = disagree && onlyTreatmentSends
                ? (0, 1)
                : (control[i], disagree ? (control[i] + 1 + random.Next(2)) % 3 : control[i]);
            outcomes[i] = 3 + (2 * Draw.Normal(random)) + (treated[i] ? (disagree ? effect : complement) : 0);
        }

        return new PolicyDecisions(units, runs, treated, control, treatment, outcomes);
    }
}
