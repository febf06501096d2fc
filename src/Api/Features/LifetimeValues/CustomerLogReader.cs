using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Products.Contracts;
using Noah.Prediction.Labels;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>
/// Streams the tenant's events into a log. Money counts as contribution: the product's margin, or the declared one where no product is named.
/// </summary>
internal sealed class CustomerLogReader(IMemberTables members, IEventStream events, IProducts products)
{
    /// <summary>Beyond the most frequent ones a type says little and costs three features.</summary>
    private const int MostKinds = 12;

    /// <param name="specification">Which events bring money, and what of it stays.</param>
    /// <param name="reference">At midnight.</param>
    /// <param name="reachDays">Days before the reference whose events the window features may need.</param>
    /// <param name="kinds">Types of a version that is in use; null to take the most frequent.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<CustomerLog> ReadAsync(
        LifetimeValueSpecification specification, DateTimeOffset reference, int reachDays, IReadOnlyList<string>? kinds, CancellationToken cancellationToken)
    {
        var table = await members.ReadAsync(null, cancellationToken);
        var rows = table.MemberIds.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var histories = await ReadMoneyAsync(specification, reference, rows, cancellationToken);
        var (log, names) = await ReadWindowAsync(reference, reachDays, kinds, rows, table, cancellationToken);
        DateTimeOffset? first = histories.Where(history => history.Movements.Count > 0).Select(history => (DateTimeOffset?)history.Movements[0].At).Min();
        return new CustomerLog(table, histories, log, names, reference, first);
    }

    private async Task<PurchaseHistory[]> ReadMoneyAsync(
        LifetimeValueSpecification specification, DateTimeOffset reference, Dictionary<Guid, int> rows, CancellationToken cancellationToken)
    {
        var returns = specification.ReturnEvents.ToHashSet(StringComparer.Ordinal);
        var amounts = new List<(int Row, DateTimeOffset At, double Amount, Guid? Product)>();
        await foreach (var happening in events.ReadAsync(null, reference, [.. specification.ValueEvents, .. returns], cancellationToken))
        {
            if (rows.TryGetValue(happening.MemberId, out var row))
            {
                var amount = (double)(happening.Amount ?? 0);
                amounts.Add((row, happening.OccurredAt, returns.Contains(happening.Type) ? -Math.Abs(amount) : amount, happening.ProductId));
            }
        }

        var margins = new Dictionary<Guid, double>();
        foreach (var product in amounts.Select(amount => amount.Product).OfType<Guid>().Distinct())
        {
            margins[product] = (await products.FindAsync(product, cancellationToken))?.MarginRate ?? specification.MarginRate;
        }

        PurchaseHistory[] histories = [.. rows.Select(_ => new PurchaseHistory())];
        foreach (var (row, at, amount, product) in amounts)
        {
            histories[row].Add(at, amount * (product is { } id ? margins[id] : specification.MarginRate));
        }

        foreach (var history in histories)
        {
            history.Sort();
        }

        return histories;
    }

    private async Task<(List<MemberEvent> Log, string[] Kinds)> ReadWindowAsync(
        DateTimeOffset reference, int reachDays, IReadOnlyList<string>? kinds, Dictionary<Guid, int> rows, MemberTable table, CancellationToken cancellationToken)
    {
        var zones = new Dictionary<string, TimeZoneInfo>(StringComparer.Ordinal);
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new List<int>();
        var log = new List<MemberEvent>();
        await foreach (var happening in events.ReadAsync(reference.AddDays(-reachDays), reference, kinds, cancellationToken))
        {
            if (!rows.TryGetValue(happening.MemberId, out var row))
            {
                continue;
            }

            if (!indexes.TryGetValue(happening.Type, out var kind))
            {
                indexes.Add(happening.Type, kind = counts.Count);
                counts.Add(0);
            }

            counts[kind]++;
            log.Add(new MemberEvent(row, Local(happening.OccurredAt, table.TimeZones[row], zones), kind, (double)(happening.Amount ?? 0)));
        }

        string[] kept = kinds?.ToArray()
            ?? [.. indexes.OrderByDescending(type => counts[type.Value]).ThenBy(type => type.Key, StringComparer.Ordinal).Take(MostKinds).Select(type => type.Key)];
        var moved = indexes.ToDictionary(type => type.Value, type => Array.IndexOf(kept, type.Key));
        return ([.. log.Where(happening => moved[happening.Kind] >= 0).Select(happening => happening with { Kind = moved[happening.Kind] })], kept);
    }

    private static DateTimeOffset Local(DateTimeOffset at, string zone, Dictionary<string, TimeZoneInfo> zones)
    {
        if (!zones.TryGetValue(zone, out var found))
        {
            // A zone that this machine does not know counts as UTC, as it does in the sending hours.
            zones.Add(zone, found = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc);
        }

        return TimeZoneInfo.ConvertTime(at, found);
    }
}
