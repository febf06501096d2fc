using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

public sealed class GammaGammaModelTests
{
    [Fact]
    public void Fit_OfCdnow_ReachesThePublishedParameters()
    {
        var fit = GammaGammaModel.Fit(CdnowData.Summary());
        Assert.Equal((EstimationStatus.Estimated, 946), (fit.Status, fit.Repeaters));
        // Fader and Hardie 2013: 6.25, 3.74, 15.44.
        Assert.Equal(6.25, fit.Model!.P, 0.005);
        Assert.Equal(3.74, fit.Model.Q, 0.005);
        Assert.Equal(15.44, fit.Model.V, 0.01);
    }

    [Fact]
    public void Fit_OfSimulatedCustomers_FindsTheTruthAndPredictsTheirNextPurchase()
    {
        var truth = new GammaGammaModel(6, 4, 15);
        var random = new Random(5);
        var customers = new CustomerSummary[8_000];
        var next = new double[customers.Length];
        for (int i = 0; i < customers.Length; i++)
        {
            double scale = GammaDraw.Of(random, truth.Q) / truth.V;
            int count = 1 + random.Next(4);
            double mean = Enumerable.Range(0, count).Average(_ => GammaDraw.Of(random, truth.P) / scale);
            customers[i] = new CustomerSummary(i, count, 1, 2, mean);
            next[i] = GammaDraw.Of(random, truth.P) / scale;
        }
        var fit = GammaGammaModel.Fit(customers);
        Assert.InRange((fit.Model!.P - truth.P) / fit.StandardErrors!.P, -4, 4);
        Assert.InRange((fit.Model.Q - truth.Q) / fit.StandardErrors.Q, -4, 4);
        Assert.InRange((fit.Model.V - truth.V) / fit.StandardErrors.V, -4, 4);
        foreach (var group in Enumerable.Range(0, customers.Length).GroupBy(i => customers[i].MeanAmount > 30))
        {
            Assert.InRange(group.Average(i => fit.Model.ExpectedSpend(customers[i])!.Value) / group.Average(i => next[i]), 0.95, 1.05);
        }
    }

    [Fact]
    public void ExpectedSpend_GoesFromTheMeanOfAllToTheCustomersOwn()
    {
        var model = new GammaGammaModel(6.25, 3.74, 15.44);
        Assert.Equal(6.25 * 15.44 / 2.74, model.ExpectedSpend(new CustomerSummary(1, 0, 0, 9, 0))!.Value, 1e-12);
        Assert.Equal(80, model.ExpectedSpend(new CustomerSummary(1, 1_000_000, 9, 9, 80))!.Value, 1e-3);
    }

    [Fact]
    public void ExpectedSpend_OfAnInfiniteMean_IsNull() =>
        Assert.Null(new GammaGammaModel(6, 0.9, 15).ExpectedSpend(new CustomerSummary(1, 0, 0, 9, 0)));

    [Fact]
    public void Fit_OfEqualAmounts_DoesNotConverge()
    {
        var fit = GammaGammaModel.Fit([.. Enumerable.Range(0, 100).Select(i => new CustomerSummary(i, 2, 5, 9, 20))]);
        Assert.Equal(EstimationStatus.NotConverged, fit.Status);
        Assert.Null(fit.Model);
    }

    [Fact]
    public void Fit_OfAmountsOfZero_HasTooFewRepeaters() => Assert.Equal(
        EstimationStatus.TooFewRepeaters,
        GammaGammaModel.Fit([.. Enumerable.Range(0, 100).Select(i => new CustomerSummary(i, 2, 5, 9, 0))]).Status);

    [Fact]
    public void ResidualValue_OfAProduct_IsTheDiscountedSumOverItsPeriods()
    {
        var purchases = new BgNbdModel(0.243, 4.414, 0.793, 2.426);
        var spend = new GammaGammaModel(6.25, 3.74, 15.44);
        var customer = new CustomerSummary(1, 2, 30.43, 38.86, 22.35);
        double amount = spend.ExpectedSpend(customer)!.Value, expected = 0;
        for (int t = 1; t <= 3; t++)
        {
            expected += Math.Pow(0.9, t) * amount * (purchases.ExpectedPurchases(customer, t) - purchases.ExpectedPurchases(customer, t - 1));
        }
        Assert.Equal(0.4 * expected, ResidualValue.Of(purchases, spend, customer, 3, 0.9, margin: 0.4)!.Value, 1e-12);
        Assert.Equal(
            amount * purchases.ExpectedPurchases(customer, 39), ResidualValue.Of(purchases, spend, customer, 39, 1)!.Value, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>("discountPerPeriod", () => ResidualValue.Of(purchases, spend, customer, 3, 1.1));
    }
}
