using Noah.Prediction.Labels;

namespace Noah.Prediction.Tests.Labels;

/// <summary>
/// A planted world: a member's liking drives visits and purchases; whoever buys clicks a dozen times in the two days before. Days
/// count from the first of January; members who like it most buy every 170 days.
/// </summary>
internal sealed class ClickStore
{
    public const int Visit = 0, Click = 1, Purchase = 2, Days = 240;
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ClickStore(int members, int seed)
    {
        var random = new Random(seed);
        Members = members;
        for (int member = 0; member < members; member++)
        {
            double liking = random.NextDouble();
            for (int day = 0; day < Days; day++)
            {
                if (random.NextDouble() < 0.02 + 0.15 * liking)
                {
                    Log.Add(new MemberEvent(member, At(day), Visit));
                }
                if (random.NextDouble() < 0.006 * liking * liking)
                {
                    double hour = random.NextDouble();
                    Log.Add(new MemberEvent(member, At(day + hour), Purchase, 20));
                    Log.AddRange(Enumerable.Range(1, 12).Select(click => new MemberEvent(member, At(day + hour - click / 6.0), Click)));
                }
            }
        }
        DateTimeOffset At(double day) => Start.AddDays(day);
    }

    public int Members { get; }

    public List<MemberEvent> Log { get; } = [];
}
