using NodaTime;
using NodaTime.TimeZones;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>
/// The hours of a campaign's window that a recipient in one zone may be written to. A local time that a clock change skips becomes the next
/// one that exists; one that occurs twice means the first.
/// </summary>
internal sealed class SendCalendar
{
    private static readonly ZoneLocalMappingResolver Resolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone _zone;
    private readonly List<LocalDate>[] _dates = [.. Enumerable.Range(0, 24).Select(_ => new List<LocalDate>())];

    public SendCalendar(string zone, DateTimeOffset from, DateTimeOffset to, bool[] allowedHours)
    {
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
        var (start, end) = (Instant.FromDateTimeOffset(from), Instant.FromDateTimeOffset(to));
        for (var date = start.InZone(_zone).Date; date <= end.InZone(_zone).Date; date = date.PlusDays(1))
        {
            for (var hour = 0; hour < 24; hour++)
            {
                var (first, last) = (At(date, hour, 0), At(date, hour, 59));
                if (first.ToInstant() >= start && last.ToInstant() < end && allowedHours[first.Hour] && allowedHours[last.Hour])
                {
                    _dates[hour].Add(date);
                }
            }
        }

        Allowed = [.. _dates.Select(dates => dates.Count > 0)];
    }

    /// <summary>Local hours with at least one day.</summary>
    public bool[] Allowed { get; }

    /// <summary>An instant in the hour: the day and the minute by two uniform numbers in [0, 1), so that a cohort spreads over the window.</summary>
    public DateTime Due(int hour, double dayDraw, double minuteDraw)
    {
        var date = _dates[hour][(int)(dayDraw * _dates[hour].Count)];
        return At(date, hour, (int)(minuteDraw * 60)).ToDateTimeUtc();
    }

    private ZonedDateTime At(LocalDate date, int hour, int minute) => _zone.ResolveLocal(date + new LocalTime(hour, minute), Resolver);
}
