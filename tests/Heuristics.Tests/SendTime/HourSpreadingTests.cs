using Noah.Heuristics.SendTime;

namespace Noah.Heuristics.Tests.SendTime;

public sealed class HourSpreadingTests
{
    [Fact]
    public void Spread_OfAFullHour_MovesTheLatecomersToTheirNextBestHour()
    {
        // All three want 9; 9 holds one. The second prefers 10 to 11 and takes the only place there, the third finds 11.
        var probabilities = new double[3 * 24];
        for (var member = 0; member < 3; member++)
        {
            (probabilities[(member * 24) + 9], probabilities[(member * 24) + 10], probabilities[(member * 24) + 11]) = (0.6, 0.3, 0.1);
        }

        Assert.Equal(
            [new SpreadHour(9, false), new SpreadHour(10, true), new SpreadHour(11, true)],
            HourSpreading.Spread([9, 9, 9], probabilities, Capacity((9, 1), (10, 1), (11, 5), (12, 5))));
    }

    [Fact]
    public void Spread_NeverExceedsACapacityNorUsesAForbiddenHour()
    {
        var random = new Random(2);
        const int Members = 500;
        var chosen = new int[Members];
        var probabilities = new double[Members * 24];
        for (var member = 0; member < Members; member++)
        {
            for (var hour = 8; hour < 20; hour++)
            {
                probabilities[(member * 24) + hour] = random.NextDouble();
            }

            chosen[member] = random.Next(8, 20);
        }

        int[] capacity = [.. Enumerable.Repeat(40, 24)];
        var places = HourSpreading.Spread(chosen, probabilities, capacity);
        Assert.All(places.Where(place => place.Hour is not null), place => Assert.InRange(place.Hour!.Value, 8, 19));
        Assert.All(places.GroupBy(place => place.Hour).Where(group => group.Key is not null), group => Assert.InRange(group.Count(), 1, 40));
        // 12 hours of 40 places hold 480 of the 500.
        Assert.Equal(20, places.Count(place => place.Hour is null));
    }

    [Fact]
    public void Spread_WithBadArguments_Throws()
    {
        Assert.Throws<ArgumentException>(() => HourSpreading.Spread([1], new double[23], new int[24]));
        Assert.Throws<ArgumentException>(() => HourSpreading.Spread([1], new double[24], Capacity((3, -1))));
        Assert.Contains("Member 0", Assert.Throws<ArgumentOutOfRangeException>(() => HourSpreading.Spread([24], new double[24], new int[24])).Message, StringComparison.Ordinal);
    }

    private static int[] Capacity(params (int Hour, int Places)[] places)
    {
        var capacity = new int[24];
        foreach (var (hour, count) in places)
        {
            capacity[hour] = count;
        }

        return capacity;
    }
}
