using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>Draws a member's past: purchases that add up to the known history, and opens of weekly mails, at the member's hours.</summary>
internal static class HistoryDraw
{
    private const int WeeklyMails = 26;
    private const int DaysPerRecencyMonth = 30;
    private const int DaysOfHistory = 365;
    private const int LeastCentsPerPurchase = 100;

    public static void Append(List<PastEvent> history, RetailerOptions options, RetailerTruth truth, RetailZone zone, int member)
    {
        var draws = new RandomStream(options.Seed, StreamPurpose.History, member);
        var today = zone.ToLocal(options.CampaignAt).Date;
        var first = history.Count;
        Span<double> hours = stackalloc double[HourHabit.Hours];
        truth.Habit(member).Weigh(hours);
        AppendPurchases(history, truth, zone, member, today, hours, ref draws);
        AppendOpens(history, truth, zone, member, today, hours, ref draws);
        history.Sort(first, history.Count - first, Comparer<PastEvent>.Create((a, b) => a.OccurredAt.CompareTo(b.OccurredAt)));
    }

    private static void AppendPurchases(
        List<PastEvent> history, RetailerTruth truth, RetailZone zone, int member, DateTime today, ReadOnlySpan<double> hours,
        ref RandomStream draws)
    {
        var customer = truth.Customers[member];
        var cents = (long)Math.Round(customer.History * 100);
        // An average purchase of at least 15 keeps the split of a small history believable.
        var purchases = (int)Math.Clamp(1 + draws.NextPoisson(customer.History / 130), 1, cents / 1_500);

        Span<long> cuts = stackalloc long[purchases + 1];
        var free = cents - (long)purchases * LeastCentsPerPurchase;
        for (var cut = 1; cut < purchases; cut++)
        {
            cuts[cut] = (long)(free * draws.NextUniform());
        }

        cuts[purchases] = free;
        cuts.Sort();

        var lastDaysBack = 1 + (int)((customer.Recency - 1 + draws.NextUniform()) * DaysPerRecencyMonth);
        for (var purchase = 0; purchase < purchases; purchase++)
        {
            var daysBack = purchase == 0 ? lastDaysBack : lastDaysBack + draws.NextIndex(DaysOfHistory - lastDaysBack + 1);
            var amount = (cuts[purchase + 1] - cuts[purchase] + LeastCentsPerPurchase) / 100.0;
            history.Add(new PastEvent(member, PastEventKind.Purchase, At(zone, today, daysBack, hours, ref draws), amount));
        }
    }

    private static void AppendOpens(
        List<PastEvent> history, RetailerTruth truth, RetailZone zone, int member, DateTime today, ReadOnlySpan<double> hours,
        ref RandomStream draws)
    {
        var probability = RetailerTruth.Logistic(truth.OpenLogOdds(member));
        for (var week = 1; week <= WeeklyMails; week++)
        {
            if (draws.NextBernoulli(probability))
            {
                history.Add(new PastEvent(member, PastEventKind.Open, At(zone, today, week * 7, hours, ref draws), 0));
            }
        }
    }

    private static DateTimeOffset At(RetailZone zone, DateTime today, int daysBack, ReadOnlySpan<double> hours, ref RandomStream draws)
    {
        var hour = draws.NextWeighted(hours);
        return zone.ToInstant(today.AddDays(-daysBack).AddHours(hour).AddSeconds(draws.NextIndex(3_600)));
    }
}
