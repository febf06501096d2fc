using System.Globalization;
using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>Draws customers whose attributes have the marginals of the Hillstrom file (64,000 customers, computed from it).</summary>
internal static class CustomerDraw
{
    private const double LeastHistory = 29.99;
    private const double MostHistory = 3500;

    // Shares of recency 1..12 in the Hillstrom file.
    private static readonly double[] RecencyShares =
        [0.1399, 0.1178, 0.0922, 0.0793, 0.0705, 0.0720, 0.0637, 0.0546, 0.1006, 0.1182, 0.0548, 0.0364];

    private static readonly double[] ZipShares = [0.401, 0.4496, 0.1494];
    private static readonly string[] ZipCodes = ["Urban", "Surburban", "Rural"];
    private static readonly double[] ChannelShares = [0.4378, 0.4409, 0.1213];
    private static readonly string[] Channels = ["Phone", "Web", "Multichannel"];

    // Mens only, womens only, both.
    private static readonly double[] DepartmentShares = [0.4503, 0.4490, 0.1007];
    private static readonly double[] ZoneShares = [.. RetailZone.All.Select(zone => zone.Share)];

    private static readonly (double Below, string Name)[] HistorySegments =
    [
        (100, "1) $0 - $100"),
        (200, "2) $100 - $200"),
        (350, "3) $200 - $350"),
        (500, "4) $350 - $500"),
        (750, "5) $500 - $750"),
        (1_000, "6) $750 - $1,000"),
        (double.PositiveInfinity, "7) $1,000 +"),
    ];

    public static RetailerMember Member(RetailerOptions options, int index, out RetailZone zone)
    {
        var draws = new RandomStream(options.Seed, StreamPurpose.Attributes, index);
        zone = RetailZone.All[draws.NextWeighted(ZoneShares)];
        var consent = new RandomStream(options.Seed, StreamPurpose.Consent, index).NextBernoulli(options.ConsentShare);
        var id = string.Create(CultureInfo.InvariantCulture, $"sim-{index + 1:D6}");
        return new RetailerMember(id, $"{id}@retailer.invalid", zone.Id, consent, Attributes(ref draws));
    }

    private static CustomerAttributes Attributes(ref RandomStream draws)
    {
        // One customer in eight bought once at the lowest price; the others are lognormal around a median of 190.
        var lowest = draws.NextBernoulli(0.124);
        var history = lowest ? LeastHistory : Math.Clamp(Math.Exp(Math.Log(190) + 0.85 * draws.NextNormal()), LeastHistory, MostHistory);
        history = Math.Round(history, 2);
        var departments = draws.NextWeighted(DepartmentShares);
        return new CustomerAttributes(
            Recency: 1 + draws.NextWeighted(RecencyShares),
            History: history,
            HistorySegment: HistorySegments.First(segment => history < segment.Below).Name,
            Mens: departments != 1,
            Womens: departments != 0,
            ZipCode: ZipCodes[draws.NextWeighted(ZipShares)],
            Newbie: draws.NextBernoulli(0.5022),
            Channel: Channels[draws.NextWeighted(ChannelShares)]);
    }
}
