using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Triggering;

/// <summary>
/// Compares two targeting policies on the units on whom they disagree. Units on whom they agree are treated alike in both arms, so their
/// effect is zero and they add noise only: with a share f of disagreement the squared error of the effect falls by about 1/f
/// (Deng and Hu 2015 on trigger-dilute analysis). Valid where both decisions were logged for every unit in both arms before
/// the arm mattered, and where each arm had its own budget.
/// </summary>
public static class TriggeredAnalysis
{
    /// <summary>Estimates effects and checks what they rest on.</summary>
    /// <param name="log">Decisions of both policies.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static TriggeredReport Analyze(PolicyDecisions log, TriggeredOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        options = Checked(options);
        var triggered = Contrast(log, unit => unit.Cell != TriggerCell.Agree, unit => unit.Since, options);
        var undiluted = Contrast(log, _ => true, unit => unit.Before + unit.Since, options);
        var complement = Contrast(log, _ => true, unit => unit.Before, options);
        double total = log.Units.Sum(unit => unit.Weight), inside = log.Units.Sum(unit => unit.Cell == TriggerCell.Agree ? 0 : unit.Weight);
        double? share = total > 0 ? inside / total : null;
        var diluted = Dilute(triggered, share, Kish(log), options.Confidence);
        double[] ratio = [options.TreatmentShare, 1 - options.TreatmentShare];
        var whole = SampleRatioMismatch.Test(Counts(log, _ => true), ratio, options.HealthThreshold);
        var among = SampleRatioMismatch.Test(Counts(log, unit => unit.Cell != TriggerCell.Agree), ratio, options.HealthThreshold);
        return new TriggeredReport(
            Status(triggered, complement, whole, among, options.HealthThreshold),
            log.Units.Count,
            share,
            triggered,
            diluted,
            undiluted,
            undiluted.StandardError is { } plain && diluted.StandardError is { } sharp and > 0 ? plain * plain / (sharp * sharp) : null,
            [.. Enum.GetValues<TriggerCell>().Select(cell => Cell(log, cell, total, options))],
            complement,
            whole,
            among,
            Match(Contrast(log, _ => true, unit => unit.Sends, options), options),
            log.HasCosts ? Match(Contrast(log, _ => true, unit => unit.Cost, options), options) : null);
    }

    // Var(f τ̂) = f² Var(τ̂) + τ² f (1 − f) / n: the share is estimated too.
    private static TriggeredContrast Dilute(TriggeredContrast triggered, double? share, double units, double confidence)
    {
        if (share is not { } f || triggered.Difference is not { } effect || triggered.StandardError is not { } error)
        {
            return triggered with { TreatmentMean = null, ControlMean = null };
        }

        var diluted = Math.Sqrt((f * f * error * error) + (effect * effect * f * (1 - f) / units));

        // The half width keeps the t quantile of the triggered contrast.
        var critical = error > 0 ? (triggered.Interval!.Value.Upper - effect) / error : Tails.NormalCritical(confidence);
        return triggered with
        {
            TreatmentMean = null,
            ControlMean = null,
            Difference = f * effect,
            StandardError = diluted,
            Interval = Interval.Around(f * effect, critical * diluted),
        };
    }

    private static TriggeredCellReport Cell(PolicyDecisions log, TriggerCell cell, double total, TriggeredOptions options)
    {
        var contrast = Contrast(log, unit => unit.Cell == cell, unit => cell == TriggerCell.Agree ? unit.Before : unit.Since, options);
        var share = total > 0 ? log.Units.Sum(unit => unit.Cell == cell ? unit.Weight : 0) / total : 0;
        return new TriggeredCellReport(cell, share, contrast, share * contrast.Difference);
    }

    private static TriggeredStatus Status(
        TriggeredContrast triggered, TriggeredContrast complement, SampleRatioResult whole, SampleRatioResult among, double threshold)
    {
        if (whole.Verdict == SampleRatioVerdict.Mismatch || among.Verdict == SampleRatioVerdict.Mismatch)
        {
            return TriggeredStatus.SampleRatioMismatch;
        }

        if (complement.PValue < threshold)
        {
            return TriggeredStatus.ComplementDiffers;
        }

        return triggered.Difference is null ? TriggeredStatus.TooFewTriggered : TriggeredStatus.Sound;
    }

    private static VolumeMatch Match(TriggeredContrast contrast, TriggeredOptions options)
    {
        bool? matched = null;
        if (contrast.Interval is { } interval && contrast.ControlMean is { } control)
        {
            var tolerance = options.MatchTolerance * Math.Abs(control);
            matched = interval.Lower >= -tolerance && interval.Upper <= tolerance ? true
                : interval.Lower > tolerance || interval.Upper < -tolerance ? false
                : null;
        }

        return new VolumeMatch(contrast.TreatmentMean, contrast.ControlMean, contrast.Difference, contrast.Interval, matched);
    }

    private static TriggeredContrast Contrast(
        PolicyDecisions log, Func<TriggeredUnit, bool> among, Func<TriggeredUnit, double> value, TriggeredOptions options)
    {
        var means = new WeightedMeans();
        foreach (var unit in log.Units)
        {
            if (among(unit))
            {
                means.Add(unit.Treated, value(unit), unit.Weight);
            }
        }

        return means.Contrast(options.Confidence);
    }

    private static long[] Counts(PolicyDecisions log, Func<TriggeredUnit, bool> among)
    {
        var treated = log.Units.LongCount(unit => unit.Treated && among(unit));
        return [treated, log.Units.LongCount(among) - treated];
    }

    private static double Kish(PolicyDecisions log)
    {
        double sum = log.Units.Sum(unit => unit.Weight), squares = log.Units.Sum(unit => unit.Weight * unit.Weight);
        return squares > 0 ? sum * sum / squares : 0;
    }

    private static TriggeredOptions Checked(TriggeredOptions? options)
    {
        options ??= new TriggeredOptions();
        Require.OpenUnit(options.Confidence, nameof(options.Confidence));
        Require.OpenUnit(options.TreatmentShare, nameof(options.TreatmentShare));
        Require.OpenUnit(options.HealthThreshold, nameof(options.HealthThreshold));
        return options.MatchTolerance > 0
            ? options
            : throw new ArgumentOutOfRangeException(nameof(options), options.MatchTolerance, "MatchTolerance must be above 0.");
    }
}
