namespace Noah.Prediction.Transactions;

/// <summary>Value still to come of a customer, from expected purchases and the expected amount of one.</summary>
public static class ResidualValue
{
    /// <summary>
    /// Discounted residual value: margin · E[amount] · Σ over periods t = 1 … H of γ^t E[purchases in period t] (product's horizon H and
    /// discount γ; a period is one unit of the summaries' time).
    /// </summary>
    /// <param name="purchases">Model of purchases.</param>
    /// <param name="spend">Model of amounts.</param>
    /// <param name="customer">Its summary.</param>
    /// <param name="periods">H, in [1, 100,000].</param>
    /// <param name="discountPerPeriod">γ in (0, 1]; 1 does not discount.</param>
    /// <param name="margin">Share of the amount that remains as contribution, in [0, 1]. Default 1: revenue.</param>
    /// <returns>In the currency of the amounts; null where the expected amount is infinite.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static double? Of(
        BgNbdModel purchases, GammaGammaModel spend, CustomerSummary customer, int periods, double discountPerPeriod, double margin = 1)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        ArgumentNullException.ThrowIfNull(spend);
        if (periods is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(periods), periods, "The periods must be in [1, 100000].");
        }
        if (!(discountPerPeriod is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(discountPerPeriod), discountPerPeriod, "The discount must be in (0, 1].");
        }
        if (!(margin is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin must be in [0, 1].");
        }
        if (spend.ExpectedSpend(customer) is not { } amount)
        {
            return null;
        }
        double discounted = 0, before = 0, factor = 1;
        // Without a discount the sum telescopes.
        for (int period = discountPerPeriod == 1 ? periods : 1; period <= periods; period++)
        {
            factor *= discountPerPeriod;
            double until = purchases.ExpectedPurchases(customer, period);
            discounted += factor * (until - before);
            before = until;
        }
        return margin * amount * discounted;
    }
}
