using System.Globalization;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>
/// How unevenly customers brought, of those kept back, over the judged horizon. Most bring little or nothing and few bring much, so that a mean says what a
/// group brings by head, and not what one of it will do.
/// </summary>
/// <param name="HorizonDays">Days they were followed.</param>
/// <param name="Customers">How many.</param>
/// <param name="ShareWithPurchase">Share that brought anything.</param>
/// <param name="Mean">Per customer, those who brought nothing among them.</param>
/// <param name="P50">Half brought no more.</param>
/// <param name="P90">Nine of ten brought no more.</param>
/// <param name="P99">99 of a hundred brought no more.</param>
/// <param name="TopTenthShare">What the tenth that brought most brought, as a share of all.</param>
/// <param name="MeanIfPurchase">Per customer who brought anything; absent where nobody did.</param>
internal sealed record LifetimeCardSpread(
    int HorizonDays, int Customers, double ShareWithPurchase, double Mean, double P50, double P90, double P99, double TopTenthShare, double? MeanIfPurchase = null)
{
    /// <param name="horizonDays">Days they were followed.</param>
    /// <param name="amounts">At least one.</param>
    public static LifetimeCardSpread Of(int horizonDays, float[] amounts)
    {
        double[] rising = [.. amounts.Order().Select(amount => (double)amount)];
        var (total, buyers) = (rising.Sum(), rising.Count(amount => amount > 0));
        return new LifetimeCardSpread(
            horizonDays,
            rising.Length,
            (double)buyers / rising.Length,
            total / rising.Length,
            At(0.5),
            At(0.9),
            At(0.99),
            total > 0 ? rising[^((rising.Length + 9) / 10)..].Sum() / total : 0,
            buyers > 0 ? total / buyers : null);

        // The least amount that so many did not exceed.
        double At(double share) => rising[Math.Max(0, (int)Math.Ceiling(share * rising.Length) - 1)];
    }

    public string Sentence(string currency)
    {
        var spread = string.Create(
            CultureInfo.InvariantCulture,
            $"Customers bring very unevenly: within {HorizonDays} days {100 * ShareWithPurchase:0} % brought anything, half no more than {P50:0.00} {currency}, nine of ten no more than {P90:0.00}, and one of a hundred more than {P99:0.00}; the tenth that brought most brought {100 * TopTenthShare:0} % of all. ");
        return spread + "So a mean can lie above the P90 of the same customer: it is what many like them bring by head, rare large amounts included, and the range is what one of them will do.";
    }
}
