using Noah.Prediction.Transactions;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>
/// What one member brought, by time: contributions, and returns as negative ones. As of a moment a return lowers the latest purchases before
/// it, so that the customer counts as having kept what they kept.
/// </summary>
internal sealed class PurchaseHistory
{
    private readonly List<(DateTimeOffset At, double Contribution)> _movements = [];

    public IReadOnlyList<(DateTimeOffset At, double Contribution)> Movements => _movements;

    public void Add(DateTimeOffset at, double contribution) => _movements.Add((at, contribution));

    public void Sort() => _movements.Sort((a, b) => a.At.CompareTo(b.At));

    /// <summary>The latest movement before the moment: what a summary as of it has used.</summary>
    public DateTimeOffset? LatestBefore(DateTimeOffset moment) =>
        _movements.Where(movement => movement.At < moment).Select(movement => (DateTimeOffset?)movement.At).LastOrDefault();

    /// <summary>The summary in weeks as of a moment at midnight; null for a member who had not bought by then.</summary>
    public CustomerSummary? SummaryAsOf(DateTimeOffset moment, long customer)
    {
        List<Purchase> kept = [];
        foreach (var (at, contribution) in _movements)
        {
            if (at >= moment)
            {
                break;
            }

            if (contribution >= 0)
            {
                kept.Add(new Purchase(customer, DateOnly.FromDateTime(at.UtcDateTime), contribution));
                continue;
            }

            var back = -contribution;
            for (var latest = kept.Count - 1; latest >= 0 && back > 0; latest--)
            {
                var taken = Math.Min(back, kept[latest].Amount);
                kept[latest] = kept[latest] with { Amount = kept[latest].Amount - taken };
                back -= taken;
            }
        }

        return PurchaseLog.Summarize(kept, DateOnly.FromDateTime(moment.UtcDateTime).AddDays(-1)) is [var summary] ? summary : null;
    }
}
