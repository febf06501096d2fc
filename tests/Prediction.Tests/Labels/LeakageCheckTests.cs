using Noah.Prediction.Features;
using Noah.Prediction.Labels;

namespace Noah.Prediction.Tests.Labels;

public sealed class LeakageCheckTests
{
    private static readonly DateTimeOffset D = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Times_AtOrBehindTheSnapshot_LeakWithFeatureRowsAndDelay()
    {
        DateTimeOffset[] snapshots = [D, D.AddDays(1), D.AddDays(2), D.AddDays(3)];
        FeatureSource honest = new("recency", [D.AddTicks(-1), null, D, D.AddDays(3).AddTicks(-1)]);
        FeatureSource leak = new("clicks", [D.AddDays(-5), D.AddDays(1), D.AddDays(9), null]);
        var report = LeakageCheck.OfTimes([honest, leak], snapshots);
        Assert.Equal(LeakageStatus.Leaks, report.Status);
        Assert.Equal(["clicks"], report.Offenders);
        Assert.Equal(
            new LeakageFinding("clicks", LeakageTest.SourceTimes, LeakageStatus.Leaks, Rows: 2, FirstRow: 1, Late: TimeSpan.Zero), report.Findings[1]);
        Assert.Equal(TimeSpan.FromDays(7), LeakageCheck.OfTimes([leak], [D, D.AddDays(2), D.AddDays(2), D]).Findings[0].Late);
    }

    [Fact]
    public void Recomputation_FindsAValueThatUsedTheFuture()
    {
        MemberEvent[] log = [new(0, D.AddDays(-3), 0), new(1, D.AddDays(-2), 0), new(1, D.AddDays(1), 0)];
        var honest = WindowFeatures.Build([D, D], log, ["visit"], new HashSet<int>()).Table;
        var late = WindowFeatures.Build([D.AddDays(2), D.AddDays(2)], log, ["visit"], new HashSet<int>()).Table;
        Assert.Equal(LeakageStatus.Passes, LeakageCheck.OfRecomputed(honest, honest).Status);
        var finding = LeakageCheck.OfRecomputed(late, honest).Findings.Single(f => f.Feature == "visit count");
        Assert.Equal((LeakageStatus.Leaks, 1, 1), (finding.Status, finding.Rows, finding.FirstRow));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("order")]
    [InlineData("groups")]
    [InlineData("names")]
    public void AFeatureThatTellsTheOutcomeAlone_IsSuspicious(string kind)
    {
        var random = new Random(3);
        float[] outcomes = [.. Enumerable.Range(0, 2_000).Select(_ => random.NextDouble() < 0.2 ? 1f : 0f)];
        var leak = kind switch
        {
            "missing" => FeatureColumn.Numeric("leak", [.. outcomes.Select(y => y == 1f ? (float)random.NextDouble() : float.NaN)]),
            "order" => FeatureColumn.Numeric("leak", [.. outcomes.Select(y => y + (float)random.NextDouble() * 1.05f)]),
            // Buyers in the middle: no order of the numbers shows it.
            "groups" => FeatureColumn.Numeric("leak", [.. outcomes.Select(y => (float)(y == 1f ? random.NextDouble() : random.Next(2) * 8 - 4 + random.NextDouble()))]),
            _ => FeatureColumn.Categorical("leak", [.. outcomes.Select(y => y == 1f ? "closed" : random.Next(2) == 0 ? "open" : null)]),
        };
        var honest = FeatureColumn.Numeric("strong", [.. outcomes.Select(y => 2 * y + (float)random.NextDouble() * 3)]);
        var identity = FeatureColumn.Categorical("id", [.. outcomes.Select((_, row) => $"member {row}")]);
        var report = LeakageCheck.OfOutcomes(new FeatureTable([leak, honest, identity]), outcomes);
        Assert.Equal(["leak"], report.Offenders);
        Assert.Equal(LeakageStatus.Suspicious, report.Status);
        Assert.True(report.Findings[0].Statistic > LeakageCheck.SuspiciousAuc);
        Assert.InRange(report.Findings[1].Statistic!.Value, 0.8, 0.95);
        Assert.InRange(report.Findings[2].Statistic!.Value, 0.5, 0.53);
    }

    [Fact]
    public void Behaviour_WithTooFewOutcomes_IsNotJudged()
    {
        float[] outcomes = [.. Enumerable.Range(0, 100).Select(row => row < 19 ? 1f : 0f)];
        var finding = LeakageCheck.OfOutcomes(new FeatureTable([FeatureColumn.Numeric("a", outcomes)]), outcomes).Findings[0];
        Assert.Equal((LeakageStatus.Passes, null), (finding.Status, finding.Statistic));
    }

    [Fact]
    public void AnAttributeThatFollowsTheOutcome_IsSuspicious_AndOneThatChangesByItselfIsNot()
    {
        var random = new Random(9);
        float[] outcomes = [.. Enumerable.Range(0, 3_000).Select(_ => random.NextDouble() < 0.1 ? 1f : 0f)];
        string[] before = [.. outcomes.Select(_ => "bronze")];
        var old = new FeatureTable([FeatureColumn.Categorical("tier", before), FeatureColumn.Categorical("city", before)]);
        var now = new FeatureTable(
        [
            FeatureColumn.Categorical("tier", [.. outcomes.Select(y => random.NextDouble() < (y == 1f ? 0.3 : 0.05) ? "silver" : "bronze")]),
            FeatureColumn.Categorical("city", [.. outcomes.Select(_ => random.NextDouble() < 0.1 ? "Bonn" : "bronze")]),
        ]);
        var report = LeakageCheck.OfChanges(old, now, outcomes);
        Assert.Equal(["tier"], report.Offenders);
        Assert.True(report.Findings[0].Statistic > 4);
        Assert.Equal(LeakageStatus.Passes, LeakageCheck.OfChanges(old, old, outcomes).Status);
    }

    [Fact]
    public void Tables_OfOtherRows_AreRefused()
    {
        var one = new FeatureTable([FeatureColumn.Numeric("a", [1])]);
        var two = new FeatureTable([FeatureColumn.Numeric("a", [1, 2])]);
        Assert.Throws<ArgumentException>("second", () => LeakageCheck.OfRecomputed(one, two));
        Assert.Throws<ArgumentException>("outcomes", () => LeakageCheck.OfOutcomes(two, [1]));
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => LeakageCheck.OfTimes([new FeatureSource("a", [D])], [D, D])).Message, StringComparison.Ordinal);
    }
}
