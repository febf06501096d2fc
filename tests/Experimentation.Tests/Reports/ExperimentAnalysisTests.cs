using Noah.Experimentation.Inference;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Reports;

public sealed class ExperimentAnalysisTests
{
    [Fact]
    public void Analyze_WithThreeTreatments_ContrastsControlFirstAndThenTheTreatments()
    {
        var input = new ExperimentInput(
            [new("A", 1, 100, false), new("C", 1, 100, true), new("B", 1, 100, false), new("D", 1, 100, false)],
            [new("visit", MetricKind.Binary, [new BinarySample(100, 60), new BinarySample(100, 40), new BinarySample(100, 41), new BinarySample(100, 20)])]);
        var contrasts = ExperimentAnalysis.Analyze(input).Metrics[0].Contrasts;
        Assert.Equal(["A-C", "B-C", "D-C", "A-B", "A-D", "B-D"], contrasts.Select(c => $"{c.Treatment}-{c.Baseline}"));
        Assert.Equal([true, true, true, false, false, false], contrasts.Select(c => c.AgainstControl));
        Assert.All(contrasts.Take(3), c => Assert.True(c.AdjustedPValue >= c.HeadlinePValue));
        Assert.All(contrasts.Skip(3), c => Assert.Null(c.AdjustedPValue));
        Assert.Equal(0.5, contrasts[0].Lift!.Value, 1e-12);
        Assert.StartsWith("No evidence that B changes visit compared with C: +1 percentage points", contrasts[1].Conclusion);
        Assert.StartsWith("D lowers visit compared with C: -20 percentage points", contrasts[2].Conclusion);
    }

    [Fact]
    public void Analyze_WithTheMetricFamily_AdjustsEachMetricAlone()
    {
        MetricInput Metric(string name) => new(name, MetricKind.Binary, [new BinarySample(100, 60), new BinarySample(100, 40)]);
        var input = new ExperimentInput(TwoArms(100, 100), [Metric("one"), Metric("two")]);
        var apart = ExperimentAnalysis.Analyze(input, new() { AdjustmentFamily = AdjustmentFamily.Metric }).Metrics[1].Contrasts[0];
        var together = ExperimentAnalysis.Analyze(input).Metrics[1].Contrasts[0];
        Assert.Equal(apart.HeadlinePValue, apart.AdjustedPValue);
        Assert.Equal(2 * together.HeadlinePValue!.Value, together.AdjustedPValue!.Value, 1e-15);
    }

    [Fact]
    public void Analyze_OfUnequalArmsWithHeavyTails_DistrustsWelch()
    {
        var random = new Random(11);
        var small = Draw.ZeroInflated(random, 4_000, 0.01, r => Draw.LogNormal(r, 3, 1.5));
        var large = Draw.ZeroInflated(random, 36_000, 0.01, r => Draw.LogNormal(r, 3, 1.5));
        var report = ExperimentAnalysis.Analyze(new(
            [new("T", 1, 4_000, false), new("C", 9, 36_000, true)], [new("spend", MetricKind.ZeroInflated, [small, large])]));
        Assert.Contains(report.Warnings, warning => warning.Kind == WarningKind.WelchUntrusted);
        Assert.False(report.Metrics[0].Contrasts[0].Tests.Single(test => test.Kind == TestKind.Welch).Trusted);
        Assert.Equal(41, report.Metrics[0].Arms[0].AmountQuantiles.Count);
    }

    [Fact]
    public void Analyze_OfABrokenSplit_SaysSoInEveryConclusion()
    {
        var report = ExperimentAnalysis.Analyze(new(
            TwoArms(1000, 1300), [new("visit", MetricKind.Binary, [new BinarySample(1000, 600), new BinarySample(1299, 400)])]));
        Assert.Equal(SampleRatioVerdict.Mismatch, report.SampleRatio.Verdict);
        Assert.Equal([WarningKind.SampleRatioMismatch, WarningKind.OutcomeCountMismatch], report.Warnings.Select(w => w.Kind));
        Assert.StartsWith("Not to be read as an effect", report.Metrics[0].Contrasts[0].Conclusion);
    }

    [Fact]
    public void Analyze_WhenPartsMoveAgainstEachOther_ReportsBoth()
    {
        var random = new Random(2);
        var more = Draw.ZeroInflated(random, 20_000, 0.05, r => Draw.LogNormal(r, 2.5, 1));
        var dearer = Draw.ZeroInflated(random, 20_000, 0.03, r => Draw.LogNormal(r, 3, 1));
        var contrast = ExperimentAnalysis.Analyze(
            new(TwoArms(20_000, 20_000), [new("spend", MetricKind.ZeroInflated, [more, dearer])]),
            new() { ZeroInflatedExpectation = ExpectedMovement.AmountOnlyOrOpposite }).Metrics[0].Contrasts[0];
        Assert.True(contrast.Tests.Single(test => test.IsHeadline).Kind == TestKind.TwoPart);
        Assert.Contains("More units have any spend", contrast.Conclusion);
        Assert.Contains("the amount among those is lower", contrast.Conclusion);
    }

    [Fact]
    public void Analyze_OfContinuousMetrics_UsesWelchAndRanks()
    {
        var contrast = ExperimentAnalysis.Analyze(new(
            TwoArms(5, 5),
            [new("score", MetricKind.Continuous, [ContinuousSample.FromValues([-1, 4, 2, 8, 5]), ContinuousSample.FromValues([-3, 3, 1, 0, 2])])]))
            .Metrics[0].Contrasts[0];
        Assert.Equal([TestKind.Welch, TestKind.MannWhitney], contrast.Tests.Select(test => test.Kind));
        Assert.Null(contrast.Lift);
        Assert.Null(contrast.TwoPart);
    }

    [Fact]
    public void Analyze_WithoutAnyPositive_SaysThatItCannotCompare()
    {
        var none = ZeroInflatedSample.FromPositives([], 100);
        var report = ExperimentAnalysis.Analyze(new(TwoArms(100, 100), [new("spend", MetricKind.ZeroInflated, [none, none])]));
        Assert.Contains("cannot be compared", report.Metrics[0].Contrasts[0].Conclusion);
        Assert.Null(report.Metrics[0].Contrasts[0].AdjustedPValue);
        Assert.Contains(report.Warnings, warning => warning.Kind == WarningKind.FewPositives);
    }

    // JSON knows neither NaN nor infinity: the serializer is the judge.
    [Fact]
    public void Analyze_OfDegenerateArms_HoldsNoNaN()
    {
        ZeroInflatedSample[] arms =
        [
            ZeroInflatedSample.FromValues([]),
            ZeroInflatedSample.FromValues([0]),
            ZeroInflatedSample.FromValues([3]),
            ZeroInflatedSample.FromValues([0, 0, 0]),
            ZeroInflatedSample.FromValues([5, 5, 5]),
            ZeroInflatedSample.FromValues([0, 0, 7]),
            ZeroInflatedSample.FromValues([1e-160, 2e-160, 0]),
            ZeroInflatedSample.FromValues([1e100, 3e100, 0, 2]),
        ];
        foreach (var one in arms)
        {
            foreach (var other in arms)
            {
                var binary = new[] { one, other }.Select(arm => new BinarySample(arm.Count, arm.PositiveCount)).ToArray();
                var continuous = new[] { one, other }
                    .Select(arm => ContinuousSample.FromValues([.. arm.Positives, .. new double[arm.Zeros]])).ToArray();
                var report = ExperimentAnalysis.Analyze(new(
                    TwoArms(one.Count, other.Count),
                    [
                        new("spend", MetricKind.ZeroInflated, [one, other]),
                        new("visit", MetricKind.Binary, binary),
                        new("score", MetricKind.Continuous, continuous),
                    ]));
                Assert.NotEmpty(System.Text.Json.JsonSerializer.Serialize(report));
            }
        }
    }

    [Fact]
    public void Analyze_WithBadInput_SaysWhatIsWrong()
    {
        var metric = new MetricInput("visit", MetricKind.Binary, [new BinarySample(1, 1), new BinarySample(1, 0)]);
        Throws("control", new([new("A", 1, 1, true), new("B", 1, 1, true)], [metric]));
        Throws("'A'", new([new("A", 1, 1, true), new("A", 1, 1, false)], [metric]));
        Throws("kind Continuous", new(TwoArms(1, 1), [metric with { Kind = MetricKind.Continuous }]));
        Throws("one sample", new(TwoArms(1, 1), [metric with { Samples = [new BinarySample(1, 1)] }]));
        Assert.Throws<ArgumentOutOfRangeException>(
            "Confidence", () => ExperimentAnalysis.Analyze(new(TwoArms(1, 1), [metric]), new() { Confidence = 95 }));

        static void Throws(string part, ExperimentInput input) => Assert.Contains(
            part, Assert.Throws<ArgumentException>(nameof(input), () => ExperimentAnalysis.Analyze(input)).Message, StringComparison.Ordinal);
    }

    private static ArmInput[] TwoArms(long treatment, long control) => [new("T", 1, treatment, false), new("C", 1, control, true)];
}
