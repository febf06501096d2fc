namespace Noah.Prediction.Transactions;

/// <summary>Reads transaction logs into one <see cref="CustomerSummary"/> per customer.</summary>
public static class PurchaseLog
{
    /// <summary>
    /// Summarises every customer whose first purchase is not after the end; purchases after it are left out, so that one log serves
    /// calibration and hold-out.
    /// </summary>
    /// <param name="purchases">In any order; several lines of a customer on a day are one purchase with the sum of their amounts.</param>
    /// <param name="end">Last day observed.</param>
    /// <param name="daysPerUnit">Days in a unit of time; &gt; 0. Default 7: the published CDNOW parameters count weeks.</param>
    /// <returns>By rising customer; empty where nobody bought by the end.</returns>
    /// <exception cref="ArgumentException">An amount is negative or not finite, or the unit is not above 0.</exception>
    public static IReadOnlyList<CustomerSummary> Summarize(IEnumerable<Purchase> purchases, DateOnly end, double daysPerUnit = 7)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (!(daysPerUnit > 0 && double.IsFinite(daysPerUnit)))
        {
            throw new ArgumentOutOfRangeException(nameof(daysPerUnit), daysPerUnit, "A unit of time must be finite and above 0 days.");
        }
        var byCustomer = new SortedDictionary<long, SortedDictionary<int, double>>();
        foreach (var purchase in purchases)
        {
            if (!(purchase.Amount >= 0 && double.IsFinite(purchase.Amount)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(purchases), purchase.Amount,
                    $"The amount of customer {purchase.Customer} on {purchase.Day:yyyy-MM-dd} must be finite and at least 0.");
            }
            if (purchase.Day > end)
            {
                continue;
            }
            if (!byCustomer.TryGetValue(purchase.Customer, out var days))
            {
                byCustomer.Add(purchase.Customer, days = []);
            }
            days[purchase.Day.DayNumber] = days.GetValueOrDefault(purchase.Day.DayNumber) + purchase.Amount;
        }
        return [.. byCustomer.Select(customer => Of(customer.Key, customer.Value, end.DayNumber, daysPerUnit))];
    }

    private static CustomerSummary Of(long customer, SortedDictionary<int, double> days, int end, double daysPerUnit)
    {
        int first = days.Keys.First(), repeats = days.Count - 1;
        double spent = days.Skip(1).Sum(day => day.Value);
        return new CustomerSummary(
            customer, repeats, (days.Keys.Last() - first) / daysPerUnit, (end - first) / daysPerUnit, repeats == 0 ? 0 : spent / repeats);
    }
}
