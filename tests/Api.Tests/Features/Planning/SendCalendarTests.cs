using Noah.Api.Features.Planning;
using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Tests.Features.Planning;

public sealed class SendCalendarTests
{
    private static readonly bool[] WholeDay = [.. Enumerable.Repeat(true, 24)];

    [Fact]
    public void Due_InTheHourThatSpringSkips_IsTheNextThatExists()
    {
        // New York went from 02:00 to 03:00 on 8 March 2026, at 07:00 UTC.
        var calendar = Calendar(new DateTimeOffset(2026, 3, 8, 5, 0, 0, TimeSpan.Zero), 23);
        Assert.Equal(new DateTime(2026, 3, 8, 7, 0, 0, DateTimeKind.Utc), calendar.Due(2, 0, 0.5));
    }

    [Fact]
    public void Due_InTheHourThatAutumnRepeats_IsTheFirst()
    {
        // New York had 01:00 to 02:00 twice on 1 November 2026: from 05:00 and from 06:00 UTC.
        var calendar = Calendar(new DateTimeOffset(2026, 11, 1, 4, 0, 0, TimeSpan.Zero), 24);
        Assert.Equal(new DateTime(2026, 11, 1, 5, 30, 0, DateTimeKind.Utc), calendar.Due(1, 0, 0.5));
    }

    [Fact]
    public void Allowed_OfAnEveningWindow_LeavesOutQuietHoursAndHoursOutsideTheWindow()
    {
        var allowed = PlanningTerms.ParseQuietHours(new QuietHours("21:00", "08:00"))!;
        Assert.Equal(Enumerable.Range(8, 13), Enumerable.Range(0, 24).Where(hour => allowed[hour]));

        // 18:30 to midnight in New York, on 2 March 2026.
        var calendar = new SendCalendar("America/New_York", new DateTimeOffset(2026, 3, 2, 23, 30, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 5, 0, 0, TimeSpan.Zero), allowed);
        Assert.Equal([19, 20], Enumerable.Range(0, 24).Where(hour => calendar.Allowed[hour]));
    }

    [Theory]
    [InlineData("P14D", 14.0)]
    [InlineData("P2W", 14.0)]
    [InlineData("PT36H", 1.5)]
    [InlineData("14", 14.0)]
    [InlineData("P1M", null)]
    [InlineData("P0D", null)]
    [InlineData("-3", null)]
    [InlineData("soon", null)]
    [InlineData("P3650D", 3650.0)]
    [InlineData("PT87600H", 3650.0)]
    [InlineData("P3650DT1S", null)]
    [InlineData("3651", null)]
    [InlineData("P99999999D", null)]
    [InlineData("P99999999999D", null)]
    [InlineData("PT99999999999999999999H", null)]
    [InlineData("P", null)]
    public void ParseHorizon_OfDurations_TakesThoseOfFixedLength(string text, double? days) => Assert.Equal(days, PlanningTerms.ParseHorizon(text)?.TotalDays);

    private static SendCalendar Calendar(DateTimeOffset from, int hours) => new("America/New_York", from, from.AddHours(hours), WholeDay);
}
