using Noah.Prediction.Features;
using Noah.Prediction.Labels;

namespace Noah.Prediction.Tests.Labels;

public sealed class WindowFeaturesTests
{
    private static readonly DateTimeOffset D = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Features_OfAKnownLog_AreThoseCountedByHand()
    {
        MemberEvent[] log =
        [
            new(0, D.AddDays(-10), 1, 30), new(0, D.AddDays(-4), 1, 10), new(0, D.AddDays(-4).AddHours(6), 0),
            new(1, D, 1, 99), new(1, D.AddDays(-60), 0), new(1, D.AddDays(-60).AddTicks(-1), 0),
        ];
        var features = WindowFeatures.Build([D, D], log, ["visit", "purchase"], new HashSet<int> { 1 });
        Assert.Equal([2f, 0f], Column(features, "purchase count"));
        Assert.Equal([4f, float.NaN], Column(features, "purchase days since last"));
        Assert.Equal([10f, float.NaN], Column(features, "purchase days since first"));
        Assert.Equal([40f, 0f], Column(features, "purchase amount"));
        Assert.Equal([20f, float.NaN], Column(features, "purchase mean amount"));
        // Exactly 60 days back is inside, a tick earlier is not, and the snapshot itself is not.
        Assert.Equal([1f, 1f], Column(features, "visit count"));
        Assert.Equal([2f, 1f], Column(features, "active days"));
        Assert.Equal([D.AddDays(-4), null], features.Sources.Single(source => source.Feature == "purchase amount").Latest);
        Assert.Equal([D.AddDays(-4).AddHours(6), D.AddDays(-60)], features.Sources.Single(source => source.Feature == "active days").Latest);
        Assert.Equal(LeakageStatus.Passes, LeakageCheck.OfTimes(features.Sources, [D, D]).Status);
    }

    [Fact]
    public void Rhythm_IsTheMembersOwnClock()
    {
        // Six in the evening on a Saturday in New York is Sunday in Greenwich.
        var at = new DateTimeOffset(2026, 2, 28, 18, 0, 0, TimeSpan.FromHours(-5));
        var features = WindowFeatures.Build([D], [new MemberEvent(0, at, 0)], ["open"], new HashSet<int>());
        Assert.Equal(-1, Column(features, "hour sine")[0], 1e-6f);
        Assert.Equal(0, Column(features, "hour cosine")[0], 1e-6f);
        Assert.Equal(1, Column(features, "weekend share")[0]);
    }

    [Fact]
    public void Features_DoNotDependOnWhatComesAfterTheSnapshot_NorOnTheOrder()
    {
        var random = new Random(5);
        DateTimeOffset[] snapshots = [.. Enumerable.Range(0, 50).Select(_ => D.AddDays(random.Next(90)))];
        MemberEvent[] log =
        [
            .. Enumerable.Range(0, 4_000).Select(_ => new MemberEvent(random.Next(50), D.AddDays(180 * random.NextDouble() - 70), random.Next(2), random.Next(100))),
        ];
        MemberEvent[] past = [.. log.Where(happening => happening.At < snapshots[happening.Member])];
        var whole = WindowFeatures.Build(snapshots, log, ["visit", "purchase"], new HashSet<int> { 1 });
        random.Shuffle(past);
        var before = WindowFeatures.Build(snapshots, past, ["visit", "purchase"], new HashSet<int> { 1 });
        foreach (var spec in whole.Table.Schema)
        {
            float[] first = whole.Table.Column(spec).Numbers.ToArray(), second = before.Table.Column(spec).Numbers.ToArray();
            Assert.All(first.Zip(second), pair => Assert.True(pair.First.Equals(pair.Second) || Math.Abs(pair.First - pair.Second) < 1e-4, spec.Name));
        }
    }

    [Fact]
    public void Events_OfImpossibleKindsOrAmounts_AreNamed()
    {
        var none = new HashSet<int>();
        Assert.Throws<ArgumentException>("kinds", () => WindowFeatures.Build([D], [], [], none));
        Assert.Throws<ArgumentOutOfRangeException>("windowDays", () => WindowFeatures.Build([D], [], ["a"], none, 0));
        Assert.Contains("kind", Assert.Throws<ArgumentOutOfRangeException>(
            () => WindowFeatures.Build([D], [new MemberEvent(0, D, 3)], ["a"], none)).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>(
            () => WindowFeatures.Build([D], [new MemberEvent(0, D, 0, double.NaN)], ["a"], none)).Message, StringComparison.Ordinal);
    }

    private static float[] Column(WindowFeatureSet features, string name) =>
        features.Table.Column(new FeatureSpec(name, FeatureKind.Numeric)).Numbers.ToArray();
}
