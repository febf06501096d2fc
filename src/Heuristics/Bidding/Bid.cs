namespace Noah.Heuristics.Bidding;

/// <summary>What limited a bid.</summary>
public enum BidLimit
{
    /// <summary>Nothing: the bid is the rule's.</summary>
    None,

    /// <summary>The bid was cut to the cap.</summary>
    Cap,

    /// <summary>The rule's bid is below the floor (or zero): no bid.</summary>
    BelowFloor,
}

/// <summary>A bid per click (or per impression, when the probability is per impression).</summary>
/// <param name="Amount">The bid in money, or null for no bid.</param>
/// <param name="Unlimited">The rule's bid before floor and cap, in money.</param>
/// <param name="Limit">What limited it.</param>
public readonly record struct Bid(double? Amount, double Unlimited, BidLimit Limit);
