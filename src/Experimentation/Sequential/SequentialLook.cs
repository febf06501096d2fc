using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Sequential;

/// <summary>One look at a running experiment. Looks may be as many and as badly timed as one likes; any of them may be the last.</summary>
/// <param name="Status">Whether the look may be read; everything below is null unless <see cref="SequentialStatus.Open"/>.</param>
/// <param name="InformationShare">Information now over planned information; above 1 the experiment runs longer than planned.</param>
/// <param name="Estimate">Estimate, in the unit of the interval.</param>
/// <param name="Statistic">Standard normal statistic against no difference.</param>
/// <param name="Critical">Absolute value of the statistic that decides at this look.</param>
/// <param name="PValue">Two-sided p that holds at any look.</param>
/// <param name="Interval">Member of the confidence sequence: all members cover the truth together with the plan's confidence.</param>
public sealed record SequentialLook(
    SequentialStatus Status,
    double? InformationShare,
    double? Estimate,
    double? Statistic,
    double? Critical,
    double? PValue,
    Interval? Interval)
{
    /// <summary>Whether the look finds a difference, so that stopping is allowed.</summary>
    public bool Decides => Statistic is { } z && Math.Abs(z) >= Critical;

    internal static SequentialLook Closed(SequentialStatus status) => new(status, null, null, null, null, null, null);
}
