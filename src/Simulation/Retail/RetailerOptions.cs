namespace Noah.Simulation.Retail;

/// <summary>Which retailer to generate. The same options give the same world, to the byte.</summary>
/// <param name="Seed">Seed of every draw; any value.</param>
/// <param name="Customers">Number of customers, in [1, 10,000,000]; default 20,000: small enough for a demo, large enough for three arms.</param>
public sealed record RetailerOptions(ulong Seed, int Customers = 20_000)
{
    /// <summary>Instant of the past campaign's mailing; default 2025-03-20 15:00 UTC.</summary>
    public DateTimeOffset CampaignAt { get; init; } = new(2025, 3, 20, 15, 0, 0, TimeSpan.Zero);

    /// <summary>Share of members who consent to marketing by e-mail, in [0, 1]; default 0.85.</summary>
    public double ConsentShare { get; init; } = 0.85;

    /// <summary>Length of the outcome window in days, in [1, 90]; default 14, as in the Hillstrom data.</summary>
    public int OutcomeDays { get; init; } = 14;

    internal void Validate()
    {
        if (Customers is < 1 or > 10_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(Customers), Customers, "Customers must be in [1, 10000000].");
        }

        if (!(ConsentShare >= 0 && ConsentShare <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ConsentShare), ConsentShare, "ConsentShare must be in [0, 1].");
        }

        if (OutcomeDays is < 1 or > 90)
        {
            throw new ArgumentOutOfRangeException(nameof(OutcomeDays), OutcomeDays, "OutcomeDays must be in [1, 90].");
        }

        if (CampaignAt.Year is < 1990 or > 2200)
        {
            throw new ArgumentOutOfRangeException(nameof(CampaignAt), CampaignAt, "CampaignAt must be in the years [1990, 2200].");
        }
    }
}
