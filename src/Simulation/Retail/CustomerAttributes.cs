namespace Noah.Simulation.Retail;

/// <summary>What the retailer knows of a customer before the campaign; the columns of the Hillstrom file, with its values.</summary>
/// <param name="Recency">Months since the last purchase, in [1, 12].</param>
/// <param name="History">Spend of the past year in the retailer's currency, at least 29.99.</param>
/// <param name="HistorySegment">Band of <paramref name="History"/>, one of seven, such as <c>2) $100 - $200</c>.</param>
/// <param name="Mens">Whether the customer bought from the mens department in the past year.</param>
/// <param name="Womens">Whether the customer bought from the womens department in the past year.</param>
/// <param name="ZipCode"><c>Urban</c>, <c>Surburban</c> (spelt as in the file) or <c>Rural</c>.</param>
/// <param name="Newbie">Whether the customer is new within the past year.</param>
/// <param name="Channel">Where the customer bought: <c>Phone</c>, <c>Web</c> or <c>Multichannel</c>.</param>
public sealed record CustomerAttributes(
    int Recency,
    double History,
    string HistorySegment,
    bool Mens,
    bool Womens,
    string ZipCode,
    bool Newbie,
    string Channel);
