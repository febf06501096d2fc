namespace Noah.Heuristics.Bidding;

/// <summary>Bids in a second-price auction (noah.md §4.1). Pure functions.</summary>
public static class BidRule
{
    /// <summary>
    /// Value-based bid CVR · LTV / μ: the budget-limited optimum of a second-price auction, with μ the price of money that
    /// <see cref="Pacing.BidMultiplierController"/> or the allocation's dual price supplies.
    /// </summary>
    /// <param name="conversionProbability">CVR, in [0, 1].</param>
    /// <param name="lifetimeValue">LTV of a conversion in money, ≥ 0; profit per conversion (PPC) with multiplier 1 gives the
    /// profit-maximising bid.</param>
    /// <param name="multiplier">μ, ≥ 1: value that a unit of money must earn.</param>
    /// <param name="options">Floor and cap; null for the defaults.</param>
    /// <returns>The bid.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public static Bid ValueBased(double conversionProbability, double lifetimeValue, double multiplier = 1, BidOptions? options = null)
    {
        if (!(double.IsFinite(multiplier) && multiplier >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(multiplier), multiplier, "The multiplier must be finite and at least 1.");
        }

        return Limited(conversionProbability, lifetimeValue, multiplier, options);
    }

    /// <summary>Bid CVR · LTV / ρ, which pays at most 1/ρ of the expected value for each click.</summary>
    /// <param name="conversionProbability">CVR, in [0, 1].</param>
    /// <param name="lifetimeValue">LTV of a conversion in money, ≥ 0.</param>
    /// <param name="targetReturn">ρ, return on ad spend to reach, &gt; 0; below 1 buys growth at a loss.</param>
    /// <param name="options">Floor and cap; null for the defaults.</param>
    /// <returns>The bid.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public static Bid TargetReturn(double conversionProbability, double lifetimeValue, double targetReturn, BidOptions? options = null)
    {
        if (!(double.IsFinite(targetReturn) && targetReturn > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(targetReturn), targetReturn, "The target return must be finite and above 0.");
        }

        return Limited(conversionProbability, lifetimeValue, targetReturn, options);
    }

    private static Bid Limited(double conversionProbability, double lifetimeValue, double divisor, BidOptions? options)
    {
        options ??= new BidOptions();
        options.Validate();
        if (!(conversionProbability >= 0 && conversionProbability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(conversionProbability), conversionProbability, "A probability must lie in [0, 1].");
        }

        if (!(double.IsFinite(lifetimeValue) && lifetimeValue >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(lifetimeValue), lifetimeValue, "A lifetime value must be finite and at least 0.");
        }

        var bid = conversionProbability * lifetimeValue / divisor;
        return bid <= 0 || bid < options.Floor ? new Bid(null, bid, BidLimit.BelowFloor)
            : bid > options.Cap ? new Bid(options.Cap, bid, BidLimit.Cap)
            : new Bid(bid, bid, BidLimit.None);
    }
}
