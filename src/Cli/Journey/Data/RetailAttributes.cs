using System.Globalization;
using Noah.Simulation.Retail;

namespace Noah.Cli.Journey.Data;

/// <summary>The attributes of both retailers, in the order of their columns.</summary>
internal static class RetailAttributes
{
    public static readonly IReadOnlyList<AttributeDescription> All =
    [
        new("recency", "number", "Months since the last purchase, 1 to 12."),
        new("history", "number", "Spend of the past year in dollars."),
        new("historySegment", "text", "Band of the spend of the past year."),
        new("mens", "boolean", "Bought from the mens department in the past year."),
        new("womens", "boolean", "Bought from the womens department in the past year."),
        new("zipCode", "text", "Urban, Surburban or Rural."),
        new("newbie", "boolean", "New customer within the past year."),
        new("channel", "text", "Where the customer bought: Phone, Web or Multichannel."),
    ];

    public static IEnumerable<string> Fields(CustomerAttributes customer) =>
    [
        customer.Recency.ToString(CultureInfo.InvariantCulture),
        customer.History.ToString("0.00", CultureInfo.InvariantCulture),
        customer.HistorySegment,
        Csv.Boolean(customer.Mens),
        Csv.Boolean(customer.Womens),
        customer.ZipCode,
        Csv.Boolean(customer.Newbie),
        customer.Channel,
    ];
}
