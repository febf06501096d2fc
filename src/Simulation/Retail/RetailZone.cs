namespace Noah.Simulation.Retail;

/// <summary>
/// The time zones of the simulated retailer, with the daylight rules in force since 2007 (US) and 1996 (EU). Written out here, because
/// the zone database of the machine would make the world's bytes depend on its version.
/// </summary>
internal sealed record RetailZone(string Id, TimeSpan StandardOffset, DaylightRule Daylight, double Share)
{
    public static readonly IReadOnlyList<RetailZone> All =
    [
        new("America/New_York", TimeSpan.FromHours(-5), DaylightRule.UnitedStates, 0.42),
        new("America/Chicago", TimeSpan.FromHours(-6), DaylightRule.UnitedStates, 0.25),
        new("America/Denver", TimeSpan.FromHours(-7), DaylightRule.UnitedStates, 0.06),
        new("America/Phoenix", TimeSpan.FromHours(-7), DaylightRule.None, 0.03),
        new("America/Los_Angeles", TimeSpan.FromHours(-8), DaylightRule.UnitedStates, 0.16),
        new("Europe/London", TimeSpan.Zero, DaylightRule.EuropeanUnion, 0.04),
        new("Europe/Berlin", TimeSpan.FromHours(1), DaylightRule.EuropeanUnion, 0.04),
    ];

    public static RetailZone? Find(string id) => All.FirstOrDefault(zone => zone.Id == id);

    public DateTime ToLocal(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return DateTime.SpecifyKind(utc + StandardOffset + (IsDaylight(utc) ? TimeSpan.FromHours(1) : TimeSpan.Zero), DateTimeKind.Unspecified);
    }

    /// <summary>The earlier instant of an hour that occurs twice; an hour skipped in spring becomes the one after it.</summary>
    public DateTimeOffset ToInstant(DateTime local)
    {
        var standard = DateTime.SpecifyKind(local - StandardOffset, DateTimeKind.Utc);
        var daylight = standard - TimeSpan.FromHours(1);
        return new DateTimeOffset(IsDaylight(daylight) ? daylight : standard, TimeSpan.Zero);
    }

    private bool IsDaylight(DateTime utc) => Daylight switch
    {
        DaylightRule.UnitedStates =>
            utc >= SundayFrom(utc.Year, 3, 8).AddHours(2) - StandardOffset
            && utc < SundayFrom(utc.Year, 11, 1).AddHours(1) - StandardOffset,
        DaylightRule.EuropeanUnion =>
            utc >= SundayFrom(utc.Year, 3, 25).AddHours(1) && utc < SundayFrom(utc.Year, 10, 25).AddHours(1),
        _ => false,
    };

    private static DateTime SundayFrom(int year, int month, int day)
    {
        var date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return date.AddDays((7 - (int)date.DayOfWeek) % 7);
    }
}
