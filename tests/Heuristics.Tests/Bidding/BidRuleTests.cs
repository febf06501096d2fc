using Noah.Heuristics.Bidding;

namespace Noah.Heuristics.Tests.Bidding;

public sealed class BidRuleTests
{
    [Fact]
    public void ValueBased_DividesTheExpectedValueByThePriceOfMoney() =>
        Assert.Equal(new Bid(2.5, 2.5, BidLimit.None), BidRule.ValueBased(0.05, 100, 2));

    [Fact]
    public void ValueBased_AboveTheCap_IsCut() => Assert.Equal(new Bid(3, 5, BidLimit.Cap), BidRule.ValueBased(0.05, 100, 1, new BidOptions(Cap: 3)));

    [Fact]
    public void ValueBased_BelowTheFloor_DoesNotBid() =>
        Assert.Equal(new Bid(null, 0.5, BidLimit.BelowFloor), BidRule.ValueBased(0.005, 100, 1, new BidOptions(Floor: 1)));

    [Fact]
    public void ValueBased_WithoutValue_DoesNotBid() => Assert.Null(BidRule.ValueBased(0, 100).Amount);

    [Fact]
    public void TargetReturn_OnABidThatIsPaidInFull_ReachesTheTarget() => Assert.Equal(4, 0.05 * 100 / BidRule.TargetReturn(0.05, 100, 4).Amount!.Value, 1e-12);

    [Fact]
    public void ValueBased_BeatsEveryOtherRuleOfEqualSpendInASecondPriceAuction()
    {
        // The claim behind v/μ: among bid rules with the same spend none wins more value. Others: an equal bid for all, and bids that rise with √v.
        var random = new Random(6);
        var auctions = Enumerable.Range(0, 20_000).Select(_ => (Value: Math.Exp(Normal(random)), Price: Math.Exp(Normal(random)))).ToArray();
        (double Spend, double Won) Play(Func<double, double> bid)
        {
            var won = auctions.Where(auction => bid(auction.Value) > auction.Price).ToList();
            return (won.Sum(auction => auction.Price), won.Sum(auction => auction.Value));
        }

        var optimal = Play(value => BidRule.ValueBased(1, value, 2).Amount ?? 0);
        Assert.True(optimal.Won > AtSpend(Play, level => _ => level, optimal.Spend));
        Assert.True(optimal.Won > AtSpend(Play, level => value => level * Math.Sqrt(value), optimal.Spend));
    }

    [Fact]
    public void Bids_WithArgumentsOutsideTheirInterval_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BidRule.ValueBased(1.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BidRule.ValueBased(0.1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => BidRule.ValueBased(0.1, 1, 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => BidRule.TargetReturn(0.1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BidRule.ValueBased(0.1, 1, 1, new BidOptions(Floor: 2, Cap: 1)));
    }

    // Value won by the member of a family of rules that spends the given amount, by bisection over its level.
    private static double AtSpend(Func<Func<double, double>, (double Spend, double Won)> play, Func<double, Func<double, double>> family, double spend)
    {
        var (low, high) = (0.0, 50.0);
        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = play(family(middle)).Spend < spend ? (middle, high) : (low, middle);
        }

        return play(family(high)).Won;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
