using Noah.Experimentation.Statistics;

namespace Noah.Api.Features.Experiments.ReportPage;

/// <summary>
/// Where a difference of means of a mostly-zero amount comes from. With p the share of members who have any and m the mean amount of
/// those, p₁m₁ − p₀m₀ = (p₁ − p₀)·(m₀ + m₁)/2 + (m₁ − m₀)·(p₀ + p₁)/2 exactly: the first term is participation, the second the amount.
/// The intervals hold the other factor at its average.
/// </summary>
internal sealed record EffectSplit(ContrastFigures Contrast, double Participation, Interval? ParticipationInterval, double Amount, Interval? AmountInterval)
{
    public static EffectSplit? Of(MetricFigures metric, ContrastFigures contrast)
    {
        var treatment = metric.Arms.First(arm => arm.Arm == contrast.Treatment);
        var baseline = metric.Arms.First(arm => arm.Arm == contrast.Baseline);
        if (contrast.Participation?.Difference is not { } rate || contrast.Amount?.Difference is not { } amount
            || treatment.AmountMean is not { } m1 || baseline.AmountMean is not { } m0
            || treatment.PositiveRate is not { } p1 || baseline.PositiveRate is not { } p0)
        {
            return null;
        }

        double meanAmount = (m0 + m1) / 2, meanRate = (p0 + p1) / 2;
        return new EffectSplit(
            contrast, rate * meanAmount, Times(contrast.Participation.Interval, meanAmount), amount * meanRate, Times(contrast.Amount.Interval, meanRate));
    }

    private static Interval? Times(Interval? interval, double factor) =>
        interval is { } range ? new Interval(range.Lower * factor, range.Upper * factor) : null;
}
