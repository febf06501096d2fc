using Noah.Prediction.Features;
using Noah.Prediction.Transactions;

namespace Noah.Prediction.Lifetime;

/// <summary>
/// A customer's purchases as features, beside those that the caller brings. Rates and shares rather than totals, so that what was learnt of
/// young customers means the same of old ones.
/// </summary>
internal static class PurchaseFeatures
{
    private const int MostRepeats = 12;

    public static FeatureTable Of(LifetimeTable table, TransactionValue? transactions, LifetimeOptions options)
    {
        var customers = table.Customers;
        List<FeatureColumn> columns =
        [
            Column("purchases: log repeats a week", c => Math.Log(1 + 10 * c.Frequency / Math.Max(1, c.Age))),
            Column("purchases: repeats", c => Math.Min(c.Frequency, MostRepeats)),
            Column("purchases: log weeks since last", c => Math.Log(1 + c.Age - c.Recency)),
            Column("purchases: share of time to last", c => c.Age > 0 ? c.Recency / c.Age : 0),
            Column("purchases: log weeks since first", c => Math.Log(1 + c.Age)),
            Column("purchases: log mean of repeats", c => c.MeanAmount > 0 ? Math.Log(c.MeanAmount) : double.NaN),
        ];
        if (transactions is not null)
        {
            double[] expected = [.. customers.Select(c => transactions.Means(c, options)[options.HorizonDays.Count - 1])];
            int row = 0;
            columns.Add(Column("purchases: log expected value", _ => Math.Log(1e-6 + expected[row++])));
            if (transactions.Purchases.A > 0)
            {
                columns.Add(Column("purchases: alive", transactions.Purchases.ProbabilityAlive));
            }
            columns.Add(Column("purchases: log expected amount", c => Math.Log(1e-6 + transactions.Spend.ExpectedSpend(c)!.Value)));
        }
        return new FeatureTable([.. columns, .. table.Features.Columns]);

        FeatureColumn Column(string name, Func<CustomerSummary, double> value) =>
            FeatureColumn.Numeric(name, [.. customers.Select(customer => (float)value(customer))]);
    }
}
