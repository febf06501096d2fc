using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Reports;

internal static class ArmSummaries
{
    private const int QuantileSteps = 40;

    internal static ArmSummary Of(ArmInput arm, MetricSample sample, double confidence)
    {
        double? mean = sample.Count > 0 ? sample.Moments.Mean : null;
        Interval? meanInterval = sample.Moments.StandardError is { } error
            ? Interval.Around(sample.Moments.Mean, Tails.StudentCritical(confidence, sample.Count - 1) * error)
            : null;
        switch (sample)
        {
            case BinarySample binary:
                var rate = ProportionTest.RateInterval(binary.Successes, binary.Count, confidence);
                return new ArmSummary(
                    arm.Name, arm.IsControl, sample.Count, mean, sample.Moments.StandardDeviation, rate,
                    binary.Successes, mean, rate, null, null, null, null, []);
            case ZeroInflatedSample amounts:
                return new ArmSummary(
                    arm.Name, arm.IsControl, sample.Count, mean, sample.Moments.StandardDeviation, meanInterval,
                    amounts.PositiveCount, amounts.PositiveRate,
                    ProportionTest.RateInterval(amounts.PositiveCount, amounts.Count, confidence),
                    amounts.PositiveCount > 0 ? amounts.PositiveMoments.Mean : null,
                    amounts.PositiveQuantile(0.5), amounts.PositiveQuantile(0.9), amounts.PositiveQuantile(1), Curve(amounts.Positives));
            default:
                var values = ((ContinuousSample)sample).Values;
                return new ArmSummary(
                    arm.Name, arm.IsControl, sample.Count, mean, sample.Moments.StandardDeviation, meanInterval,
                    null, null, null, null,
                    Quantiles.OfSorted(values, 0.5), Quantiles.OfSorted(values, 0.9), Quantiles.OfSorted(values, 1), Curve(values));
        }
    }

    private static List<QuantilePoint> Curve(ReadOnlySpan<double> sorted)
    {
        var points = new List<QuantilePoint>();
        for (var step = 0; step <= QuantileSteps && !sorted.IsEmpty; step++)
        {
            var probability = (double)step / QuantileSteps;
            points.Add(new QuantilePoint(probability, Quantiles.OfSorted(sorted, probability)!.Value));
        }

        return points;
    }
}
