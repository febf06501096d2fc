using Noah.Simulation.Retail;

namespace Noah.Simulation.Tests.Retail;

public sealed class RetailZoneTests
{
    // The zone database of the machine is the independent oracle.
    [Fact]
    public void ToLocal_EveryHalfHourOfFourYears_AgreesWithTheZoneDatabase()
    {
        foreach (var zone in RetailZone.All)
        {
            var system = TimeZoneInfo.FindSystemTimeZoneById(zone.Id);
            for (var instant = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2026; instant = instant.AddMinutes(30))
            {
                var expected = TimeZoneInfo.ConvertTime(instant, system).DateTime;
                if (expected != zone.ToLocal(instant))
                {
                    Assert.Fail($"{zone.Id} at {instant:O}: {zone.ToLocal(instant):O}, not {expected:O}");
                }
            }
        }
    }

    [Fact]
    public void ToInstant_AfterToLocal_ComesBack_ExceptInTheRepeatedHour()
    {
        foreach (var zone in RetailZone.All)
        {
            for (var instant = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero); instant.Year < 2026; instant = instant.AddMinutes(30))
            {
                var back = zone.ToInstant(zone.ToLocal(instant));
                Assert.True(back == instant || (back == instant.AddHours(-1) && zone.ToLocal(back) == zone.ToLocal(instant)));
            }
        }
    }

    [Fact]
    public void Shares_AddUpToOne() => Assert.Equal(1, RetailZone.All.Sum(zone => zone.Share), 12);
}
