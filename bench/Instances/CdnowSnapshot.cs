using Noah.Prediction.Features;
using Noah.Prediction.Transactions;

namespace Noah.Bench.Instances;

/// <summary>
/// What was known of every CDNOW customer at the end of a week, and what each spent within the weeks after it. Everything that goes into
/// the features, the parameters of BG/NBD and gamma-gamma among it, is fitted on purchases up to that week.
/// </summary>
internal sealed class CdnowSnapshot
{
    private readonly Purchase[][] _before;
    private readonly DateOnly _end;

    public CdnowSnapshot(Purchase[] log, int week, int labelWeeks)
    {
        _end = CdnowLog.EndOfWeek(week);
        var until = CdnowLog.EndOfWeek(week + labelWeeks);
        Customers = [.. PurchaseLog.Summarize(log, _end)];
        var byCustomer = log.ToLookup(purchase => purchase.Customer);
        _before = [.. Customers.Select(c => byCustomer[c.Customer].Where(p => p.Day <= _end).OrderBy(p => p.Day).ToArray())];
        Spent = [.. Customers.Select(c => (float)byCustomer[c.Customer].Where(p => p.Day > _end && p.Day <= until).Sum(p => p.Amount))];
        Purchases = BgNbdModel.Fit(Customers).Model!;
        Spend = GammaGammaModel.Fit(Customers).Model!;
        PastSpend = [.. _before.Select(purchases => (float)purchases.Sum(p => p.Amount))];
    }

    public CustomerSummary[] Customers { get; }

    /// <summary>Spent in the weeks after the snapshot, in dollars.</summary>
    public float[] Spent { get; }

    public BgNbdModel Purchases { get; }

    public GammaGammaModel Spend { get; }

    public float[] PastSpend { get; }

    /// <summary>BG/NBD × gamma-gamma over a horizon in weeks, in dollars.</summary>
    public float[] Expected(double weeks) =>
        [.. Customers.Select(c => (float)(Purchases.ExpectedPurchases(c, weeks) * Spend.ExpectedSpend(c)!.Value))];

    /// <summary>
    /// Rates and shares rather than totals, so that what was learnt of customers 14 to 26 weeks old means the same of those 27 to 39 weeks old.
    /// </summary>
    public FeatureTable Features(double weeks)
    {
        var expected = Expected(weeks);
        return new FeatureTable(
        [
            Column("log expected", i => Math.Log(expected[i])),
            Column("alive", i => Purchases.ProbabilityAlive(Customers[i])),
            Column("log spend of a purchase", i => Math.Log(Spend.ExpectedSpend(Customers[i])!.Value)),
            Column("log past spend a week", i => Math.Log(1 + 10 * PastSpend[i] / Customers[i].Age)),
            Column("log frequency a week", i => Math.Log(1 + 10 * Customers[i].Frequency / Customers[i].Age)),
            Column("log since last", i => Math.Log(1 + Customers[i].Age - Customers[i].Recency)),
            Column("recency share", i => Customers[i].Recency / Customers[i].Age),
            Column("frequency", i => Math.Min(Customers[i].Frequency, 6)),
            Column("log first amount", i => Math.Log(1 + _before[i].Where(p => p.Day == _before[i][0].Day).Sum(p => p.Amount))),
            Column("log last amount", i => Math.Log(1 + _before[i].Where(p => p.Day == _before[i][^1].Day).Sum(p => p.Amount))),
            Column("log largest amount", i => Math.Log(1 + _before[i].Max(p => p.Amount))),
            Column("log spend, 4 weeks", i => Recent(i, 4)),
            Column("log spend, 13 weeks", i => Recent(i, 13)),
        ]);

        FeatureColumn Column(string name, Func<int, double> value) =>
            FeatureColumn.Numeric(name, [.. Enumerable.Range(0, Customers.Length).Select(i => (float)value(i))]);
    }

    private double Recent(int customer, int weeks) =>
        Math.Log(1 + _before[customer].Where(p => p.Day > _end.AddDays(-7 * weeks)).Sum(p => p.Amount));
}
