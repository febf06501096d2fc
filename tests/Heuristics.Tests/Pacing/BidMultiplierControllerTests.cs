using Noah.Heuristics.Bidding;
using Noah.Heuristics.Pacing;

namespace Noah.Heuristics.Tests.Pacing;

public sealed class BidMultiplierControllerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2, 120, 100, 2.1236730930919)] // e^(0.3 · 0.2) · 2
    [InlineData(2, 300, 100, 2.3236684854565)] // clipped: e^0.15 · 2
    [InlineData(2, 0, 100, 1.7214159528501)] // clipped: e^−0.15 · 2
    [InlineData(2, 101, 100, 2)] // dead band
    [InlineData(1, 10, 100, 1)] // never below the minimum
    [InlineData(2, 5, 0, 2.3236684854565)] // nothing should be spent
    public void Next_FollowsTheFormulaByHand(double multiplier, double spend, double target, double expected) =>
        Assert.Equal(expected, new BidMultiplierController().Next(multiplier, spend, target), 1e-9);

    [Fact]
    public void Spend_InSecondPriceAuctions_ConvergesToTheBudgetNearTheBestFixedMultiplier()
    {
        var random = new Random(11);
        const int Intervals = 200;
        const double Budget = 20_000;
        var controller = new BidMultiplierController();
        var (multiplier, spent, won) = (1.0, 0.0, 0.0);
        var all = new List<(double Value, double Price)>();
        for (var interval = 0; interval < Intervals && spent < Budget; interval++)
        {
            var target = (Budget - spent) / (Intervals - interval);
            var spend = 0.0;
            for (var auction = 0; auction < 300; auction++)
            {
                var (rate, price) = (0.02 * Math.Exp(0.8 * Normal(random)), 0.7 * Math.Exp(0.5 * Normal(random)));
                all.Add((rate * 60, price));
                if (BidRule.ValueBased(Math.Min(1, rate), 60, multiplier).Amount > price && spent + spend + price <= Budget)
                {
                    spend += price;
                    won += rate * 60;
                }
            }

            spent += spend;
            multiplier = controller.Next(multiplier, spend, target);
        }

        // With the whole future known: the best value for the budget takes auctions by value per price.
        var (best, left) = (0.0, Budget);
        foreach (var (value, price) in all.OrderByDescending(auction => auction.Value / auction.Price))
        {
            (best, left) = price <= left ? (best + value, left - price) : (best, left);
        }

        output.WriteLine($"spent {spent:F0} of {Budget}, value {won / best:P2} of the best in hindsight, final multiplier {multiplier:F3}");
        Assert.InRange(spent, 0.98 * Budget, Budget);
        Assert.InRange(won, 0.97 * best, best);
    }

    [Fact]
    public void Next_WithArgumentsOutsideTheirInterval_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BidMultiplierController().Next(0.5, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BidMultiplierController().Next(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BidMultiplierController().Next(1, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BidMultiplierController(new BidMultiplierOptions(Maximum: 0.5)).Next(1, 1, 1));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
