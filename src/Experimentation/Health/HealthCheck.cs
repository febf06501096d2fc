using System.Globalization;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Health;

/// <summary>Looks for what makes an experiment's numbers unreadable, and where it comes from.</summary>
public static class HealthCheck
{
    /// <summary>Runs all checks for which there is input.</summary>
    /// <param name="input">Counts and summaries of the experiment.</param>
    /// <param name="options">Choices; null takes the defaults.</param>
    /// <exception cref="ArgumentException">A row has another number of arms, or a count or weight is not allowed; the message names it.</exception>
    public static HealthVerdict Examine(HealthInput input, HealthOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options = Checked(options);
        Check(input);
        List<HealthFinding> findings =
        [
            .. RatioFindings.Of(input, options),
            .. MultipleExposure(input, options),
            .. PrePeriodFindings.Of(input, options),
            .. LogFindings.Of(input, options),
            .. Concentration(input, options),
        ];
        return new HealthVerdict([.. findings.OrderBy(finding => finding.Blocks ? 0 : 1).ThenBy(finding => finding.Kind)]);
    }

    private static IEnumerable<HealthFinding> MultipleExposure(HealthInput input, HealthOptions options)
    {
        var units = input.Days.Sum(day => day.NewUnits.Sum());
        var share = units > 0 ? (double)input.MultiplyExposed / units : 0;
        if (share > options.MultipleExposureLimit)
        {
            yield return new HealthFinding(
                HealthFindingKind.MultipleExposure, true, null, null, share,
                Text($"{input.MultiplyExposed} of {units} units were seen in more than one arm: assignment is not stable."));
        }
    }

    private static IEnumerable<HealthFinding> Concentration(HealthInput input, HealthOptions options) =>
        from metric in input.LargestShares
        where metric.Share > options.ConcentrationLimit
        select new HealthFinding(
            HealthFindingKind.Concentration, false, metric.Metric, null, metric.Share,
            Text($"One unit holds {metric.Share:P0} of the total of '{metric.Metric}': look whether it is a person, and read the ranks beside the mean."));

    internal static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Check(HealthInput input)
    {
        Require.AtLeast(input.Arms.Count, 2, nameof(input.Arms));
        Require.Length(input.Weights.Count, input.Arms.Count, nameof(input.Weights));
        Require.AtLeast(input.MultiplyExposed, 0, nameof(input.MultiplyExposed));
        foreach (var day in input.Days)
        {
            Counts(day.NewUnits, input.Arms.Count, Text($"Day {day.Date:yyyy-MM-dd}"));
            Counts(day.Outcomes, input.Arms.Count, Text($"Day {day.Date:yyyy-MM-dd}"));
        }

        foreach (var segment in input.Segments)
        {
            Counts(segment.Units, input.Arms.Count, $"Segment {segment.Dimension} = {segment.Value}");
        }

        foreach (var metric in input.PrePeriod)
        {
            Require.Length(metric.Arms.Count, input.Arms.Count, nameof(input.PrePeriod));
        }

        if (input.MaturedUnits.Count > 0)
        {
            Counts(input.MaturedUnits, input.Arms.Count, "MaturedUnits");
        }
    }

    private static void Counts(IReadOnlyList<long> input, int arms, string row)
    {
        if (input.Count != arms || input.Any(count => count < 0))
        {
            throw new ArgumentException($"{row} must have one count of at least 0 for each of {arms} arms.", nameof(input));
        }
    }

    private static HealthOptions Checked(HealthOptions? options)
    {
        options ??= new HealthOptions();
        Require.OpenUnit(options.Threshold, nameof(options.Threshold));
        Require.AtLeast(options.OutcomesForGaps, 1, nameof(options.OutcomesForGaps));
        Unit(options.MultipleExposureLimit, nameof(options.MultipleExposureLimit));
        Unit(options.GapShare, nameof(options.GapShare));
        Unit(options.MaturedShare, nameof(options.MaturedShare));
        Unit(options.ConcentrationLimit, nameof(options.ConcentrationLimit));
        return options;
    }

    private static void Unit(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must lie in [0, 1].");
        }
    }
}
