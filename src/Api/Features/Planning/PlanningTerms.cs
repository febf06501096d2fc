using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Noah.Api.Features.Planning;

/// <summary>A specification in the types that the stages compute with.</summary>
internal sealed partial record PlanningTerms(
    Guid[] CampaignIds,
    Guid ModelId,
    decimal Budget,
    string Currency,
    int WeeklyCap,
    TimeSpan Horizon,
    double ExplorationShare,
    double UnsubscribeRate,
    decimal? UnsubscribeLoss,
    bool[] AllowedHours,
    ulong Seed,
    IReadOnlyList<LineBand> Lines,
    int? MaximumSends,
    bool PerAccount = false,
    IReadOnlyList<ChannelBand>? Channels = null)
{
    public const int MostDays = 3_650;

    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static PlanningTerms Of(PlanningSpecification specification) => new(
        [.. specification.Campaigns.Select(PlanningNames.Campaigns.Parse).Order()],
        PlanningNames.Models.Parse(specification.Model),
        specification.Budget.Amount,
        specification.Budget.Currency,
        specification.WeeklyCap,
        ParseHorizon(specification.Horizon)!.Value,
        specification.ExplorationShare,
        specification.Unsubscribe.Rate,
        specification.Unsubscribe.Loss?.Amount,
        ParseQuietHours(specification.QuietHours)!,
        (ulong)specification.Seed,
        specification.Lines,
        specification.MaximumSends,
        specification.Unit == PlanningUnits.Account,
        specification.Channels);

    /// <summary>An ISO 8601 duration of fixed length (no months or years), or a number of days; null when it is neither, not positive or too long.</summary>
    public static TimeSpan? ParseHorizon(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days))
        {
            return days is > 0 and <= MostDays ? TimeSpan.FromDays(days) : null;
        }

        return FixedDuration.IsMatch(text) && PeriodPattern.NormalizingIso.Parse(text) is { Success: true, Value: var period }
            && period.ToDuration() is var length && length > Duration.Zero && length <= Duration.FromDays(MostDays)
            ? length.ToTimeSpan()
            : null;
    }

    /// <summary>No number is longer than the longest horizon has it in its unit: longer ones overflow where they are read or added.</summary>
    [GeneratedRegex(@"^P([0-9]{1,3}W)?([0-9]{1,4}D)?(T([0-9]{1,5}H)?([0-9]{1,7}M)?([0-9]{1,9}(\.[0-9]{1,9})?S)?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex FixedDuration { get; }

    /// <summary>Which of the 24 hours of a local day lie wholly outside the quiet hours; null when a time can't be read.</summary>
    public static bool[]? ParseQuietHours(QuietHours quiet)
    {
        if (TimeOfDay.Parse(quiet.From) is not { Success: true, Value: var from } || TimeOfDay.Parse(quiet.To) is not { Success: true, Value: var to })
        {
            return null;
        }

        const int Day = 24 * 60;
        var (start, length) = (Minute(from), ((Minute(to) - Minute(from)) + Day) % Day);
        return [.. Enumerable.Range(0, 24).Select(hour => Enumerable.Range(hour * 60, 60).All(minute => (minute - start + Day) % Day >= length))];
    }

    private static int Minute(LocalTime time) => (time.Hour * 60) + time.Minute;
}
