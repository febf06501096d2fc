using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

/// <summary>A contrast before adjustment: all tests have run, the conclusion still waits for the family.</summary>
internal static class ContrastTests
{
    // A baseline mean within two standard errors of zero makes the ratio's normal interval meaningless.
    private const double LiftBaselineErrors = 2;

    internal static Contrast Run(
        ArmInput treatment, MetricSample first, ArmInput baseline, MetricSample second, TestKind headline, AnalysisOptions options)
    {
        var welch = WelchTest.Compare(first.Moments, second.Moments, options.Confidence);
        var contrast = new Contrast(
            treatment.Name, baseline.Name, baseline.IsControl, welch.Difference, welch.StandardError, welch.Interval,
            Lift(first.Moments, second.Moments, options.Confidence), [], null, null, TestAgreement.NoneSignificant, null, null, null, "");
        List<TestSummary> tests = [];
        switch (first, second)
        {
            case (BinarySample one, BinarySample other):
                var proportion = ProportionTest.Compare(one, other, options.Confidence);
                contrast = contrast with { StandardError = proportion.StandardError, Interval = proportion.Interval };
                tests.Add(new(TestKind.Proportion, true, proportion.Status, proportion.Statistic, proportion.PValue, true));
                break;
            case (ContinuousSample one, ContinuousSample other):
                var ranks = MannWhitneyTest.Compare(one, other, options.Confidence);
                contrast = contrast with { MannWhitney = ranks };
                tests.Add(Welch(welch, first, second, headline, options));
                tests.Add(new(TestKind.MannWhitney, false, ranks.Status, ranks.Statistic, ranks.PValue, true));
                break;
            case (ZeroInflatedSample one, ZeroInflatedSample other):
                contrast = ZeroInflated(contrast, one, other, headline, options, tests);
                tests.Add(Welch(welch, first, second, headline, options));
                break;
        }

        return contrast with
        {
            Tests = tests,
            HeadlinePValue = tests.Find(test => test.IsHeadline)?.PValue,
            Agreement = Agree(tests, 1 - options.Confidence),
        };
    }

    private static Contrast ZeroInflated(
        Contrast contrast,
        ZeroInflatedSample treatment,
        ZeroInflatedSample baseline,
        TestKind headline,
        AnalysisOptions options,
        List<TestSummary> tests)
    {
        var trimmed = ZeroTrimmedUTest.Compare(
            treatment, baseline, new ZeroTrimmedUOptions { Confidence = options.Confidence, Seed = options.Seed });
        var ranks = MannWhitneyTest.Compare(treatment, baseline, options.Confidence);
        var twoPart = TwoPartTest.Compare(treatment, baseline, options.Confidence);
        tests.Add(new(
            TestKind.ZeroTrimmedU, headline == TestKind.ZeroTrimmedU, trimmed.Status, trimmed.Statistic, trimmed.PValue, true));
        tests.Add(new(TestKind.MannWhitney, headline == TestKind.MannWhitney, ranks.Status, ranks.Statistic, ranks.PValue, true));
        tests.Add(new(TestKind.TwoPart, headline == TestKind.TwoPart, twoPart.Status, twoPart.ChiSquare, twoPart.PValue, true));
        return contrast with { MannWhitney = ranks, ZeroTrimmedU = trimmed, TwoPart = twoPart };
    }

    private static TestSummary Welch(
        WelchResult welch, MetricSample treatment, MetricSample baseline, TestKind headline, AnalysisOptions options) => new(
            TestKind.Welch,
            headline == TestKind.Welch,
            welch.Status,
            welch.Statistic,
            welch.PValue,
            !(Math.Abs(MeanSkewness.Of(treatment, baseline) ?? 0) > options.SkewnessLimit));

    private static RelativeLift? Lift(Moments treatment, Moments baseline, double confidence)
    {
        if (treatment.StandardError is not { } error1 || baseline.StandardError is not { } error0
            || baseline.Mean <= LiftBaselineErrors * error0 || baseline.Mean <= 0)
        {
            return null;
        }

        var ratio = treatment.Mean / baseline.Mean;
        var error = double.Hypot(error1 / baseline.Mean, ratio * error0 / baseline.Mean);
        return new RelativeLift(ratio - 1, error, Interval.Around(ratio - 1, Tails.NormalCritical(confidence) * error));
    }

    private static TestAgreement Agree(List<TestSummary> tests, double level)
    {
        bool up = false, down = false;
        int found = 0, known = 0;
        foreach (var test in tests)
        {
            if (!test.Trusted || test.PValue is not { } p)
            {
                continue;
            }

            known++;
            if (p < level)
            {
                found++;

                // Chi-square has no direction of its own and opposes nobody.
                var directed = test.Kind != TestKind.TwoPart;
                up |= directed && test.Statistic > 0;
                down |= directed && test.Statistic < 0;
            }
        }

        if (up && down)
        {
            return TestAgreement.Opposed;
        }

        return found == 0 ? TestAgreement.NoneSignificant : found == known ? TestAgreement.AllSignificant : TestAgreement.Mixed;
    }
}
