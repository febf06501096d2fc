using Noah.Experimentation.Inference;
using Noah.Experimentation.MeanValue;
using Noah.Experimentation.Reports;

namespace Noah.Experimentation.Tests.Reports;

/// <summary>
/// Reference figures of the real experiment, computed apart in Python (fsum, explicit ranks, mpmath tails) from the same file; the
/// rounded ones are also those of the data set's page.
/// </summary>
public sealed class HillstromTests
{
    [Theory]
    [InlineData("Mens E-Mail", "No E-Mail", 0.7698271558945, 0.1452465602487, 1.16381496823e-7, 1.58197042176e-13)]
    [InlineData("Womens E-Mail", "No E-Mail", 0.4244122159366, 0.1303328585292, 0.00112939710236, 0.000155450001395)]
    [InlineData("Mens E-Mail", "Womens E-Mail", 0.3454149399580, 0.1596174148417, 0.0304686511853, 0.00021356563948)]
    public void Spend_PerContrast_HasTheReferenceFigures(
        string treatment, string baseline, double estimate, double error, double welch, double ranks)
    {
        var contrast = Contrast("spend", treatment, baseline);
        Assert.Equal(estimate, contrast.Estimate!.Value, 1e-10);
        Assert.Equal(error, contrast.StandardError!.Value, 1e-10);
        Assert.Equal(1, P(contrast, TestKind.Welch) / welch, 1e-7);
        Assert.Equal(1, P(contrast, TestKind.MannWhitney) / ranks, 1e-9);
    }

    [Theory]
    [InlineData("visit", "Mens E-Mail", 0.0766, 22.6)]
    [InlineData("visit", "Womens E-Mail", 0.0452, 14.0)]
    [InlineData("conversion", "Mens E-Mail", 0.00681, 7.4)]
    [InlineData("conversion", "Womens E-Mail", 0.00311, 3.8)]
    public void Rates_AgainstControl_HaveTheReferenceFigures(string metric, string treatment, double estimate, double ratio)
    {
        var contrast = Contrast(metric, treatment, "No E-Mail");
        Assert.Equal(estimate, contrast.Estimate!.Value, estimate < 0.01 ? 0.000005 : 0.00005);
        Assert.Equal(ratio, contrast.Estimate.Value / contrast.StandardError!.Value, 0.05);
    }

    [Theory]
    [InlineData("Mens E-Mail", 0.967214604975, 0.320708201101)]
    [InlineData("Womens E-Mail", 0.51452194003, 0.508899864398)]
    public void AmountOfBuyers_AgainstControl_DoesNotMove(string treatment, double welch, double ranks)
    {
        var parts = Contrast("spend", treatment, "No E-Mail").TwoPart!;
        Assert.Equal(welch, parts.Amount.PValue!.Value, 1e-9);
        Assert.Equal(ranks, parts.AmountRanks.PValue!.Value, 1e-9);
        Assert.True(parts.Participation.PValue < 0.001);
    }

    [Fact]
    public void Arms_HaveTheReferenceFigures()
    {
        var spend = Metric("spend");
        Assert.Equal([1.4226, 1.0772, 0.6528], spend.Arms.Select(arm => Math.Round(arm.Mean!.Value, 4)));
        Assert.Equal([17.754, 15.116, 11.588], spend.Arms.Select(arm => Math.Round(arm.StandardDeviation!.Value, 3)));
        Assert.All(spend.Arms, arm => Assert.Equal(499, arm.Maximum));
        Assert.Equal([0.1828, 0.1514, 0.1062], Metric("visit").Arms.Select(arm => Math.Round(arm.PositiveRate!.Value, 4)));
        Assert.Equal(578, spend.Arms.Sum(arm => arm.Positives));
    }

    [Fact]
    public void Report_FindsTheEffectInParticipationAndNoFaultInTheSplit()
    {
        var report = ExperimentAnalysis.Analyze(Hillstrom.Experiment());
        Assert.Equal(SampleRatioVerdict.Consistent, report.SampleRatio.Verdict);
        var contrast = Contrast("spend", "Mens E-Mail", "No E-Mail");
        Assert.Equal(TestKind.ZeroTrimmedU, Metric("spend").HeadlineTest);
        Assert.Equal(TestAgreement.AllSignificant, contrast.Agreement);
        Assert.True(contrast.AdjustedPValue < 1e-6);
        Assert.StartsWith("Mens E-Mail raises spend compared with No E-Mail: +0.77 USD per unit (95 % interval +0.485 to +1.05)", contrast.Conclusion);
        Assert.Contains("More units have any spend (+0.681 points); the amount among those does not measurably change", contrast.Conclusion);
        Assert.DoesNotContain(report.Warnings, warning => warning.Kind == WarningKind.WelchUntrusted);
    }

    [Fact]
    public void ZeroTrimmedU_IsPulledDownByTheUnmovedAmount()
    {
        var trimmed = Contrast("spend", "Mens E-Mail", "No E-Mail").ZeroTrimmedU!;
        Assert.Equal(7.39, trimmed.ParticipationZ!.Value, 0.01);
        Assert.Equal(-0.993003597932508, trimmed.AmountZ!.Value, 1e-9);
        Assert.InRange(trimmed.Statistic!.Value, 5, trimmed.ParticipationZ.Value);
    }

    // The interval that decides about money, on 267 and 122 buyers.
    [Fact]
    public void MeanValue_OfMensMail_IsCertain()
    {
        var spend = Hillstrom.Experiment().Metrics.Single(metric => metric.Name == "spend").Samples;
        var result = MeanValueTest.Compare(ValueSummary.Of(spend[0]), ValueSummary.Of(spend[2]));
        Assert.Equal(MeanValueStatus.Computed, result.Status);
        Assert.Equal(0.7698271558945, result.Difference!.Value, 1e-10);
        Assert.Equal(0.1452465602487, result.StandardError!.Value, 1e-10);
        Assert.InRange(result.Interval!.Value.Lower, 0.44, 0.52);
        Assert.InRange(result.Interval.Value.Upper, 1.02, 1.09);
    }

    private static MetricReport Metric(string name) =>
        ExperimentAnalysis.Analyze(Hillstrom.Experiment()).Metrics.Single(metric => metric.Name == name);

    private static Contrast Contrast(string metric, string treatment, string baseline) =>
        Metric(metric).Contrasts.Single(contrast => contrast.Treatment == treatment && contrast.Baseline == baseline);

    private static double P(Contrast contrast, TestKind kind) => contrast.Tests.Single(test => test.Kind == kind).PValue!.Value;
}
