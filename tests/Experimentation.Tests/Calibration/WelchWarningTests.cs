using Noah.Experimentation.Inference;
using Noah.Experimentation.Reports;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Tests.Calibration;

/// <summary>The warning against Welch must be raised where its level breaks and stay silent where it holds.</summary>
public sealed class WelchWarningTests
{
    [Theory]
    [InlineData(20_000, 20_000, 0.01, 0, 0)]
    [InlineData(24_000, 16_000, 0.01, 0, 0.1)]
    [InlineData(36_000, 4_000, 0.01, 0.95, 1)]
    [InlineData(4_000, 36_000, 0.01, 0.95, 1)]
    [InlineData(36_000, 4_000, 0.001, 0.95, 1)]
    public void Distrust_FollowsTheImbalance(int control, int treatment, double rate, double least, double most)
    {
        const int runs = 200;
        var random = new Random(5);
        var distrusted = 0;
        for (var run = 0; run < runs; run++)
        {
            ZeroInflatedSample[] samples = [Arm(treatment), Arm(control)];
            var report = ExperimentAnalysis.Analyze(new(
                [new("T", treatment, treatment, false), new("C", control, control, true)], [new("spend", MetricKind.ZeroInflated, samples)]));
            distrusted += report.Warnings.Any(warning => warning.Kind == WarningKind.WelchUntrusted) ? 1 : 0;
            Assert.Equal(SampleRatioVerdict.Consistent, report.SampleRatio.Verdict);
        }

        Assert.InRange((double)distrusted / runs, least, most);

        ZeroInflatedSample Arm(int count) => Draw.ZeroInflated(random, count, rate, r => Draw.LogNormal(r, 3, 1.5));
    }
}
