using Noah.Prediction.Value;

namespace Noah.Prediction.Lifetime;

/// <summary>Options of <see cref="LifetimeModel"/>.</summary>
public sealed record LifetimeOptions
{
    /// <summary>Horizons with known amounts, in days, rising. 1 to 16 of 1 to 3,650.</summary>
    public required IReadOnlyList<int> HorizonDays { get; init; }

    /// <summary>
    /// Longer horizons, of which nothing has been seen yet: the longest known one is stretched by the ratio that the model of purchases gives
    /// for the customer. Default none. Rising, each longer than the last known.
    /// </summary>
    public IReadOnlyList<int> LaterHorizonDays { get; init; } = [];

    /// <summary>Rate by which money a year away is worth less, in [0, 10]. Default 0. Known amounts must be discounted by it already.</summary>
    public double AnnualDiscountRate { get; init; }

    /// <summary>
    /// Options of the network; its horizons are set by this record. Default a mixture of three lognormals: purchases have heavy tails.
    /// </summary>
    public ValueOptions Network { get; init; } = new() { Head = ValueHead.LognormalMixture };

    /// <summary>Futures that are drawn of a customer for the quantiles of the model of purchases. Default 400. In [100, 100,000].</summary>
    public int Draws { get; init; } = 400;

    /// <summary>Bootstrap resamples of the judged customers. Default 400. In [100, 100,000].</summary>
    public int Resamples { get; init; } = 400;

    /// <summary>All horizons in days, the known and the later ones.</summary>
    public IReadOnlyList<int> AllHorizonDays => [.. HorizonDays, .. LaterHorizonDays];

    /// <summary>What a unit of money is worth that comes so many days after the moment of valuation, in (0, 1].</summary>
    /// <param name="days">At least 0.</param>
    public double DiscountOf(double days) => Math.Pow(1 + AnnualDiscountRate, -days / 365.0);

    internal void Validate()
    {
        IReadOnlyList<int> all = HorizonDays is null || LaterHorizonDays is null ? [] : AllHorizonDays;
        bool rises = all.Count is >= 1 and <= 16 && all[0] >= 1 && all[^1] <= 3_650 && all.Zip(all.Skip(1), (a, b) => a < b).All(up => up);
        Require(rises && HorizonDays!.Count > 0, nameof(HorizonDays), "with the later ones 1 to 16 rising numbers in [1, 3650], at least one known");
        Require(AnnualDiscountRate is >= 0 and <= 10, nameof(AnnualDiscountRate), "in [0, 10]");
        Require(Draws is >= 100 and <= 100_000, nameof(Draws), "in [100, 100000]");
        Require(Resamples is >= 100 and <= 100_000, nameof(Resamples), "in [100, 100000]");
        Require(Network is not null, nameof(Network), "not null");
    }

    private static void Require(bool holds, string option, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{option} must be {allowed}.", option);
        }
    }
}
