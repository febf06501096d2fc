using Noah.Experimentation.Health;
using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Health;

public sealed class HealthCheckTests
{
    private static readonly DateOnly Start = new(2026, 3, 1);

    [Fact]
    public void Examine_OfAHealthyExperiment_FindsNothing()
    {
        var verdict = HealthCheck.Examine(Input() with
        {
            Segments = [new("country", "DE", [5_010, 4_990]), new("country", "FR", [4_980, 5_020])],
            MultiplyExposed = 100,
            PrePeriod = [new("spend", [new(10_000, 5, 90_000), new(10_000, 5.02, 91_000)])],
            MaturedUnits = [9_000, 9_010],
            LargestShares = [("spend", 0.02)],
        });
        Assert.Empty(verdict.Findings);
        Assert.False(verdict.Sick);
    }

    [Fact]
    public void Examine_OfAMismatchOnOneDay_NamesTheDayAndBlocks()
    {
        var days = Days();
        days[4] = days[4] with { NewUnits = [1_600, 700] };
        var verdict = HealthCheck.Examine(new(["control", "new"], [1, 1], days));
        var whole = verdict.Findings[0];
        Assert.True(verdict.Sick);
        Assert.Equal((HealthFindingKind.SampleRatioMismatch, null), (whole.Kind, whole.Subject));
        Assert.Contains("2026-03-05", whole.Message, StringComparison.Ordinal);
        var located = Assert.Single(verdict.Findings, finding => finding.Subject is not null);
        Assert.Equal("2026-03-05", located.Subject);

        // Ten days in the family, so Holm multiplies the smallest p by ten; control has 1600 of 1150.
        Assert.Equal(10 * SampleRatioMismatch.Test([1_600, 700], [1, 1]).PValue!.Value, located.PValue!.Value, 1e-15);
        Assert.Equal((1_600 / 1_150.0) - 1, located.Value, 1e-12);
    }

    [Fact]
    public void Examine_OfSegmentsThatCancel_FindsThem()
    {
        var verdict = HealthCheck.Examine(Input() with
        {
            Segments = [new("device", "phone", [5_400, 4_600]), new("device", "desk", [4_600, 5_400]), new("country", "DE", [10_000, 10_000])],
        });
        Assert.Equal(["device = desk", "device = phone"], verdict.Findings.Select(finding => finding.Subject).Order());
        Assert.True(verdict.Sick);
    }

    [Fact]
    public void Examine_OfUnitsInTwoArms_Blocks() => Assert.Equal(
        220 / 20_100.0,
        Assert.Single(
            HealthCheck.Examine(Input() with { MultiplyExposed = 220 }).Findings, f => f.Kind == HealthFindingKind.MultipleExposure && f.Blocks).Value,
        1e-12);

    [Fact]
    public void Examine_OfArmsThatDifferedBefore_Blocks()
    {
        Moments control = new(10_000, 5, 90_000), other = new(10_000, 5.3, 90_000);
        var verdict = HealthCheck.Examine(Input() with { PrePeriod = [new("spend", [control, other]), new("visits", [control, control])] });
        var finding = Assert.Single(verdict.Findings);
        Assert.Equal((HealthFindingKind.PrePeriodBias, "spend"), (finding.Kind, finding.Subject));
        Assert.Equal(2 * WelchTest.Compare(other, control).PValue!.Value, finding.PValue!.Value, 1e-15);
        Assert.Equal(0.3 / control.Merge(other).StandardDeviation!.Value, finding.Value, 1e-12);
    }

    [Fact]
    public void Examine_OfHolesInTheLog_NamesThem()
    {
        var days = Days();
        days[3] = days[3] with { Outcomes = [50, 3] };
        days.RemoveAt(6);
        var findings = HealthCheck.Examine(new(["control", "new"], [1, 1], days)).Findings;
        Assert.All(findings, finding => Assert.Equal((HealthFindingKind.MissingLogs, true), (finding.Kind, finding.Blocks)));
        Assert.Equal(["2026-03-04", "2026-03-07"], findings.Select(finding => finding.Subject).Order());

        // Few outcomes a day: a day without any is chance.
        HealthDay[] quiet = [.. Days().Select(day => day with { Outcomes = [5, day.Date.Day % 2] })];
        Assert.Empty(HealthCheck.Examine(new(["control", "new"], [1, 1], quiet)).Findings);
    }

    [Fact]
    public void Examine_OfLateData_Warns_AndBlocksWhereArmsDiffer()
    {
        var late = Assert.Single(HealthCheck.Examine(Input() with { MaturedUnits = [6_000, 6_020] }).Findings);
        Assert.Equal((HealthFindingKind.LateData, false), (late.Kind, late.Blocks));
        Assert.Equal(12_020 / 20_100.0, late.Value, 1e-12);
        var uneven = Assert.Single(HealthCheck.Examine(Input() with { MaturedUnits = [9_500, 9_000] }).Findings);
        Assert.Equal((HealthFindingKind.LateData, true, "new"), (uneven.Kind, uneven.Blocks, uneven.Subject));
    }

    [Fact]
    public void Examine_OfOneUnitWithMuchOfTheTotal_Warns() =>
        Assert.False(Assert.Single(HealthCheck.Examine(Input() with { LargestShares = [("spend", 0.3)] }).Findings).Blocks);

    [Fact]
    public void Examine_OfManyHealthyExperiments_RarelyAlarms()
    {
        var random = new Random(4);
        var sick = 0;
        for (var run = 0; run < 1_000; run++)
        {
            List<HealthDay> days = [.. Days().Select(day => day with { NewUnits = [Near(1_000, 500), Near(1_000, 500)] })];
            HealthSegment[] segments = [.. Enumerable.Range(0, 8).Select(i => new HealthSegment("segment", $"{i}", [Near(1_250, 625), Near(1_250, 625)]))];
            sick += HealthCheck.Examine(new(["control", "new"], [1, 1], days) { Segments = segments }).Sick ? 1 : 0;
        }

        // Two families and the whole at 0.001 each.
        Assert.InRange(sick, 0, 12);

        long Near(double mean, double variance) => (long)Math.Round(mean + (Math.Sqrt(variance) * Draw.Normal(random)));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Throws<ArgumentException>("Weights", () => HealthCheck.Examine(new(["a", "b"], [1], [])));
        Assert.Contains("2026-03-01", Assert.Throws<ArgumentException>(
            "input", () => HealthCheck.Examine(new(["a", "b"], [1, 1], [new(Start, [1], [1, 1])]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("input", () => HealthCheck.Examine(Input() with { Segments = [new("d", "v", [1, -1])] }));
        Assert.Throws<ArgumentOutOfRangeException>("GapShare", () => HealthCheck.Examine(Input(), new() { GapShare = 2 }));
        Assert.Empty(HealthCheck.Examine(new(["a", "b"], [1, 1], [])).Findings);
    }

    private static HealthInput Input() => new(["control", "new"], [1, 1], Days());

    private static List<HealthDay> Days() =>
        [.. Enumerable.Range(0, 10).Select(day => new HealthDay(Start.AddDays(day), [1_000 + (day % 2 * 10), 1_005], [40, 45]))];
}
