using Noah.Prediction.Labels;

namespace Noah.Prediction.Tests.Labels;

public sealed class SnapshotDesignTests
{
    private static readonly DateTimeOffset R = new(2026, 6, 30, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Snapshots_OfTheDefaults_CoverTheDaysFrom127To38BeforeTheReference()
    {
        var design = new SnapshotDesign { Reference = R };
        double[] back = [.. Enumerable.Range(0, 20_000).Select(member => (R - design.SnapshotOf(member)).TotalDays)];
        Assert.Equal((38, 127), (back.Min(), back.Max()));
        Assert.Equal((design.Earliest, design.Latest), (R.AddDays(-127), R.AddDays(-38)));
        Assert.All(back, days => Assert.Equal(Math.Round(days), days));
    }

    [Fact]
    public void Snapshots_AreUniformOverTheJitterWindow()
    {
        var design = new SnapshotDesign { Reference = R, Seed = 7 };
        const int members = 90_000;
        int[] counts = new int[90];
        for (int member = 0; member < members; member++)
        {
            counts[(int)(design.SnapshotOf(member) - design.Earliest).TotalDays]++;
        }
        double chiSquare = counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000.0);
        // The 0.001 and 0.999 quantiles of chi-square with 89 degrees of freedom.
        Assert.InRange(chiSquare, 53.0, 135.7);
    }

    [Fact]
    public void Snapshot_DependsOnMemberAndSeedAlone()
    {
        var design = new SnapshotDesign { Reference = R };
        DateTimeOffset[] forwards = [.. Enumerable.Range(0, 100).Select(member => design.SnapshotOf(member))];
        DateTimeOffset[] backwards = [.. Enumerable.Range(0, 100).Reverse().Select(member => (design with { }).SnapshotOf(member)).Reverse()];
        Assert.Equal(forwards, backwards);
        var other = design with { Seed = 2 };
        Assert.InRange(Enumerable.Range(0, 100).Count(member => other.SnapshotOf(member) == forwards[member]), 0, 8);
    }

    [Fact]
    public void Snapshot_IsTheOneThatTheDigestOfAnyOtherProgramGives()
    {
        // python3: int.from_bytes(hashlib.sha256((1).to_bytes(8,'big') + b'member-17').digest()[:8],'big') * 90 >> 64
        var design = new SnapshotDesign { Reference = R };
        Assert.Equal(design.Earliest.AddDays(12), design.SnapshotOf("member-17"u8));
    }

    [Fact]
    public void Label_AtTheEdgesOfTheWindows_FallsWhereTheDesignSays()
    {
        var design = new SnapshotDesign { Reference = R };
        var d = R.AddDays(-60);
        const int mail = 0, buy = 1;
        (SnapshotLabel Label, string What)[] labels =
        [
            (Of(d, mail), "treated at D"), (Of(d.AddTicks(-1), mail), "before D"), (Of(d.AddDays(7), mail), "treated at D+7"),
            (Of(d.AddDays(7).AddTicks(-1), mail), "treated before D+7"), (Of(d.AddDays(7), buy), "bought at D+7"),
            (Of(d.AddDays(7).AddTicks(-1), buy), "bought before D+7"), (Of(R, buy), "bought at R"), (Of(R.AddTicks(1), buy), "bought after R"),
        ];
        Assert.Equal([true, false, false, true, false, false, false, false], labels.Select(label => label.Label.Treated));
        Assert.Equal([false, false, false, false, true, false, true, false], labels.Select(label => label.Label.Converted));
        Assert.All(labels, label => Assert.Equal((LabelStatus.Mature, 53.0), (label.Label.Status, label.Label.ElapsedDays)));
        Assert.Equal((0.0, 5.0), (labels[4].Label.DelayDays, labels[4].Label.Amount));
        Assert.Equal(53, labels[6].Label.DelayDays);

        SnapshotLabel Of(DateTimeOffset at, int kind) =>
            SnapshotLabels.Read(design, [d], [new MemberEvent(0, at, kind, 5)], new HashSet<int> { mail }, new HashSet<int> { buy })[0];
    }

    [Fact]
    public void Label_OfAFixedHorizon_EndsBeforeItsEnd_AndIsImmatureUntilItHasPassed()
    {
        var design = new SnapshotDesign { Reference = R, HorizonDays = 30 };
        DateTimeOffset[] snapshots = [R.AddDays(-37), R.AddDays(-36), R.AddDays(-60), R.AddDays(-60)];
        MemberEvent[] log =
        [
            new(0, R, 0, 1), new(1, R, 0, 1), new(2, snapshots[2].AddDays(37), 0, 1), new(3, snapshots[3].AddDays(37).AddTicks(-1), 0, 2),
            new(3, snapshots[3].AddDays(10), 0, 3),
        ];
        var labels = SnapshotLabels.Read(design, snapshots, log, new HashSet<int>(), new HashSet<int> { 0 });
        Assert.Equal([LabelStatus.Mature, LabelStatus.Immature, LabelStatus.Mature, LabelStatus.Mature], labels.Select(label => label.Status));
        // R is the end of the first horizon, so it is outside; the second goes on and has it inside.
        Assert.Equal([false, true, false, true], labels.Select(label => label.Converted));
        Assert.Equal([30.0, 29, 30, 30], labels.Select(label => label.ElapsedDays));
        Assert.Equal((5.0, 3.0), (labels[3].Amount, labels[3].DelayDays));
    }

    [Fact]
    public void Design_OutsideItsRanges_IsRefusedByName()
    {
        var design = new SnapshotDesign { Reference = R };
        Assert.Throws<ArgumentOutOfRangeException>("JitterDays", () => (design with { JitterDays = 0 }).SnapshotOf(1));
        Assert.Throws<ArgumentOutOfRangeException>("FeatureDays", (design with { FeatureDays = 0 }).Validate);
        Assert.Throws<ArgumentOutOfRangeException>("TreatmentDays", (design with { TreatmentDays = -1 }).Validate);
        Assert.Throws<ArgumentOutOfRangeException>("FollowUpDays", (design with { FollowUpDays = 0 }).Validate);
        Assert.Throws<ArgumentOutOfRangeException>("HorizonDays", (design with { HorizonDays = 4_000 }).Validate);
        Assert.Throws<ArgumentException>("outcomeKinds", () => SnapshotLabels.Read(design, [R], [], new HashSet<int> { 0 }, new HashSet<int> { 0 }));
        Assert.Contains("member of the event", Assert.Throws<ArgumentOutOfRangeException>(() =>
            SnapshotLabels.Read(design, [R], [new MemberEvent(1, R, 0)], new HashSet<int>(), new HashSet<int> { 0 })).Message, StringComparison.Ordinal);
    }
}
