using System.Globalization;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Money in sentences: symbols where they are common, the ISO code elsewhere.</summary>
internal sealed class MoneyText(string currency)
{
    /// <summary>The unit in words, as in "one more dollar".</summary>
    public string Unit => currency switch { "USD" => "dollar", "EUR" => "euro", "GBP" => "pound", _ => currency };

    /// <summary>The sign of the currency where it is common, its code elsewhere.</summary>
    public string Symbol => currency switch { "USD" => "$", "EUR" => "€", "GBP" => "£", _ => currency };

    public string Say(decimal amount) => Say(amount, 2);

    /// <summary>With a third decimal, for amounts per member.</summary>
    public string SayFine(double amount) => Say((decimal)amount, 3);

    public string Say(double amount) => Say((decimal)amount);

    public string Say(Money money) => Say(money.Amount);

    public Money Of(double amount) => new(Math.Round((decimal)amount, 4), currency);

    public Money Of(decimal amount) => new(amount, currency);

    public static string Count(double count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private string Say(decimal amount, int decimals)
    {
        var rounded = Math.Round(amount, decimals);
        var (sign, text) = (rounded < 0 ? "−" : "", Math.Abs(rounded).ToString($"N{decimals}", CultureInfo.InvariantCulture));
        return currency switch
        {
            "USD" => $"{sign}${text}",
            "EUR" => $"{sign}€{text}",
            "GBP" => $"{sign}£{text}",
            _ => $"{sign}{text} {currency}",
        };
    }
}
