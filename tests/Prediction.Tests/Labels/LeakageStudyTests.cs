using Noah.Prediction.Baselines;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Labels;

namespace Noah.Prediction.Tests.Labels;

/// <summary>What a leak costs: the offline AUC that it promises against the one that scoring tomorrow gives.</summary>
public sealed class LeakageStudyTests
{
    private const int Horizon = 30;
    private static readonly DateTimeOffset Reference = ClickStore.Start.AddDays(180);
    private static readonly SnapshotDesign Design = new() { Reference = Reference, TreatmentDays = 0, FollowUpDays = Horizon, HorizonDays = Horizon };

    [Fact]
    public void ALeak_PromisesWhatTomorrowDoesNotKeep_AndTheCheckRemovesIt()
    {
        var world = new ClickStore(12_000, 11);
        DateTimeOffset[] snapshots = [.. Enumerable.Range(0, world.Members).Select(member => Design.SnapshotOf(member))];
        float[] outcomes = Outcomes(world, Design, snapshots);
        var honest = Features(world, snapshots);
        // The extract was made today: its click counts hold what came after the snapshots.
        var today = Features(world, [.. snapshots.Select(_ => Reference)]);
        var leaking = Features(world, [.. snapshots.Select(snapshot => snapshot.AddDays(Horizon))]);
        var check = LeakageCheck.OfTimes(leaking.Sources, snapshots);
        Assert.Equal(LeakageStatus.Leaks, check.Status);
        Assert.Contains("click count", check.Offenders);
        Assert.Equal(LeakageStatus.Leaks, LeakageCheck.OfRecomputed(today.Table, honest.Table).Status);
        Assert.Equal(LeakageStatus.Passes, LeakageCheck.OfTimes(honest.Sources, snapshots).Status);

        // Tomorrow: all members as of the reference, judged by the thirty days after it.
        DateTimeOffset[] now = [.. snapshots.Select(_ => Reference)];
        float[] tomorrow = Outcomes(world, Design with { Reference = Reference.AddDays(Horizon) }, now);
        var (leakOffline, leakOnline) = Judge(leaking.Table, outcomes, today.Table, tomorrow);
        var (offline, online) = Judge(honest.Table, outcomes, today.Table, tomorrow);
        Assert.True(leakOffline > 0.9 && leakOffline - leakOnline > 0.15, $"{leakOffline:F3} promised, {leakOnline:F3} kept");
        Assert.True(Math.Abs(offline - online) < 0.05, $"{offline:F3} promised, {online:F3} kept");
        Assert.True(online > leakOnline, $"{online:F3} without the leak, {leakOnline:F3} with it");
    }

    [Fact]
    public void LookingAtConvertersRightBeforeTheyConvert_InflatesTheAuc_AndRandomSnapshotsDoNot()
    {
        var world = new ClickStore(12_000, 12);
        DateTimeOffset[] random = [.. Enumerable.Range(0, world.Members).Select(member => Design.SnapshotOf(member))];
        var firstPurchase = world.Log.Where(e => e.Kind == ClickStore.Purchase && e.At >= Design.Earliest && e.At < Reference)
            .GroupBy(e => e.Member).ToDictionary(events => events.Key, events => events.Min(e => e.At));
        // Last touch: converters an hour before their purchase, the others today. No feature is late, and the AUC still lies.
        DateTimeOffset[] lastTouch = [.. random.Select((_, member) => firstPurchase.TryGetValue(member, out var at) ? at.AddHours(-1) : Reference)];
        float[] converted = [.. random.Select((_, member) => firstPurchase.ContainsKey(member) ? 1f : 0f)];
        DateTimeOffset[] now = [.. random.Select(_ => Reference)];
        var today = Features(world, now);
        float[] tomorrow = Outcomes(world, Design with { Reference = Reference.AddDays(Horizon) }, now);
        var (touchOffline, touchOnline) = Judge(Features(world, lastTouch).Table, converted, today.Table, tomorrow);
        var (offline, online) = Judge(Features(world, random).Table, Outcomes(world, Design, random), today.Table, tomorrow);
        Assert.True(touchOffline > 0.95 && touchOffline - touchOnline > 0.2, $"{touchOffline:F3} promised, {touchOnline:F3} kept");
        Assert.True(Math.Abs(offline - online) < 0.05, $"{offline:F3} promised, {online:F3} kept");
    }

    private static WindowFeatureSet Features(ClickStore world, DateTimeOffset[] snapshots) =>
        WindowFeatures.Build(snapshots, world.Log, ["visit", "click", "purchase"], new HashSet<int> { ClickStore.Purchase });

    private static float[] Outcomes(ClickStore world, SnapshotDesign design, DateTimeOffset[] snapshots) =>
    [
        .. SnapshotLabels.Read(design, snapshots, world.Log, new HashSet<int>(), new HashSet<int> { ClickStore.Purchase })
            .Select(label => label.Converted ? 1f : 0f),
    ];

    /// <summary>AUC on the half that the model has not seen, and on all members tomorrow.</summary>
    private static (double Offline, double Online) Judge(FeatureTable table, float[] outcomes, FeatureTable today, float[] tomorrow)
    {
        int[] learnt = [.. Enumerable.Range(0, table.Rows / 2)], judged = [.. Enumerable.Range(table.Rows / 2, table.Rows / 2)];
        var model = LogisticBaseline.Train(table.Select(learnt), new int[learnt.Length], [.. learnt.Select(row => outcomes[row])], 1);
        return (Auc(table.Select(judged), [.. judged.Select(row => outcomes[row])]), Auc(today, tomorrow));

        double Auc(FeatureTable rows, float[] labels) => BinaryMetrics.Compute(model.Predict(rows, new int[rows.Rows]), labels).Auc!.Value;
    }
}
