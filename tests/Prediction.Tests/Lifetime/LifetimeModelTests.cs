using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Prediction.Tests.Lifetime;

public sealed class LifetimeModelTests
{
    private static readonly LifetimeOptions Options = new()
    {
        HorizonDays = Shoppers.Horizons,
        Draws = 200,
        Resamples = 200,
        Network = new ValueOptions { Head = ValueHead.LognormalMixture, Folds = 2, MaxEpochs = 15 },
    };

    private static readonly LifetimeModel Known = new(
        Options, LifetimeMethod.Transactions, new BgNbdModel(Shoppers.R, Shoppers.Alpha, Shoppers.A, Shoppers.B),
        new GammaGammaModel(Shoppers.P, Shoppers.Q, Shoppers.V), null);

    [Fact]
    public void Predictions_OfTheTrueModel_HaveTheRightMeansAndCoverage()
    {
        var shoppers = new Shoppers(6_000, 1);
        var predictions = Known.Predict(shoppers.Table);
        for (int h = 0; h < Shoppers.Horizons.Length; h++)
        {
            float[] amounts = shoppers.Amounts[h];
            ValuePrediction[] of = [.. predictions.Select(prediction => prediction.Horizons[h]!.Value)];
            double error = 3 * Math.Sqrt(amounts.Average(a => (double)a * a) / amounts.Length);
            Assert.Equal(amounts.Average(), of.Average(p => p.Mean), error);
            Assert.Equal(amounts.Average(a => a > 0 ? 1.0 : 0), of.Average(p => p.PositiveProbability), 0.02);
            // Discrete at 0, so that at least the nominal share is at or below; drawing 200 futures blurs a quantile by 2.5 points at most.
            Assert.InRange(amounts.Zip(of, (a, p) => a <= p.P90 ? 1.0 : 0).Average(), 0.88, 0.93);
            Assert.InRange(amounts.Zip(of, (a, p) => a <= p.P50 ? 1.0 : 0).Average(), 0.49, 0.99);
        }
        Assert.All(predictions, p => Assert.True(p.Horizons[0]!.Value.P90 <= p.Horizons[1]!.Value.P90 && p.Horizons[0]!.Value.Mean <= p.Horizons[1]!.Value.Mean));
    }

    [Fact]
    public void DiscountedMeans_AreThoseOfDiscountedFutures()
    {
        var shoppers = new Shoppers(6_000, 2, annualRate: 0.5);
        var model = new LifetimeModel(Options with { AnnualDiscountRate = 0.5 }, LifetimeMethod.Transactions, Known.Purchases, Known.Spend, null);
        double actual = shoppers.Amounts[1].Average(), predicted = model.Predict(shoppers.Table).Average(p => p.Horizons[1]!.Value.Mean);
        double undiscounted = Known.Predict(shoppers.Table).Average(p => p.Horizons[1]!.Value.Mean);
        Assert.Equal(actual, predicted, 3 * Math.Sqrt(shoppers.Amounts[1].Average(a => (double)a * a) / 6_000));
        Assert.InRange(predicted / undiscounted, 0.8, 0.9);
    }

    [Fact]
    public void Training_WhereAnAttributeTellsMore_ChoosesTheNetwork()
    {
        var fit = Train(new Shoppers(2_000, 3, lift: 6), new Shoppers(2_000, 4, lift: 6));
        Assert.Equal((LifetimeStatus.Trained, LifetimeMethod.Network, LifetimeReason.RanksBetter), (fit.Status, fit.Model!.Method, fit.Reason));
        Assert.True(fit.GiniDifferenceLower > 0 && fit.GiniDifference > fit.GiniDifferenceLower);
        Assert.Equal([LifetimeMethod.Transactions, LifetimeMethod.Network], fit.Competitors.Select(competitor => competitor.Method));
        Assert.True(fit.Competitors[1].Metrics.NormalizedGini > fit.PastSpendGini);
        Assert.Equal((EstimationStatus.Estimated, EstimationStatus.Estimated), (fit.Purchases, fit.Spend));
    }

    [Fact]
    public void Training_WherePurchasesTellAll_StaysWithWhatIsCalibrated()
    {
        var fit = Train(new Shoppers(1_000, 5), new Shoppers(1_500, 6));
        var chosen = fit.Competitors.Single(competitor => competitor.Method == fit.Model!.Method);
        var other = fit.Competitors.Single(competitor => competitor.Method != fit.Model!.Method);
        Assert.True(fit.Reason == LifetimeReason.RanksBetter || chosen.DecileError <= other.DecileError);
        Assert.False(fit.Reason == LifetimeReason.RanksBetter && fit.Model!.Method == LifetimeMethod.Network, $"{fit.GiniDifferenceLower}");
        Assert.InRange(chosen.Metrics.MeanPredicted / chosen.Metrics.MeanActual, 0.8, 1.25);
    }

    [Fact]
    public void LaterHorizons_AreStretchedByTheRatioOfThePurchaseModel()
    {
        var shoppers = new Shoppers(600, 7);
        var options = Options with { HorizonDays = [91], LaterHorizonDays = [364] };
        var fit = LifetimeModel.Train(shoppers.Table, shoppers.Amounts[..1], shoppers.Table, shoppers.Amounts[..1], options);
        var network = new LifetimeModel(options, LifetimeMethod.Network, Known.Purchases, Known.Spend, fit.Model!.Network);
        var transactions = new LifetimeModel(options, LifetimeMethod.Transactions, Known.Purchases, Known.Spend, null);
        var stretched = network.Predict(shoppers.Table);
        var expected = transactions.Predict(shoppers.Table);
        for (int row = 0; row < 600; row += 37)
        {
            double ratio = expected[row].Horizons[1]!.Value.Mean / expected[row].Horizons[0]!.Value.Mean;
            Assert.Equal(ratio, stretched[row].Horizons[1]!.Value.Mean / stretched[row].Horizons[0]!.Value.Mean, 1e-9);
        }
        var alone = new LifetimeModel(options with { Network = fit.Model.Network!.Options }, LifetimeMethod.Network, null, null, Plain(shoppers, options));
        Assert.All(alone.Predict(shoppers.Table), p => Assert.True(p.Horizons[0] is not null && p.Horizons[1] is null && p.ProbabilityAlive is null));
    }

    [Fact]
    public void Predictions_WithoutDropOut_HaveTheRightMeansAndCoverage_AndAllAreAlive()
    {
        var shoppers = new Shoppers(4_000, 13, leaves: false);
        var model = new LifetimeModel(Options, LifetimeMethod.Transactions, new BgNbdModel(Shoppers.R, Shoppers.Alpha, 0, 1), Known.Spend, null);
        var predictions = model.Predict(shoppers.Table);
        float[] amounts = shoppers.Amounts[1];
        Assert.All(predictions, prediction => Assert.Equal(1, prediction.ProbabilityAlive));
        double error = 4 * Math.Sqrt(amounts.Average(a => (double)a * a) / amounts.Length);
        Assert.Equal(amounts.Average(), predictions.Average(prediction => prediction.Horizons[1]!.Value.Mean), error);
        Assert.InRange(amounts.Zip(predictions, (a, p) => a <= p.Horizons[1]!.Value.P90 ? 1.0 : 0).Average(), 0.87, 0.94);
    }

    [Fact]
    public void TooFewCustomers_OrNoValue_IsAStatus()
    {
        var few = new Shoppers(99, 8);
        var enough = new Shoppers(200, 9);
        Assert.Equal(LifetimeStatus.TooFewCustomers, Train(few, enough).Status);
        float[][] nothing = [new float[200], new float[200]];
        Assert.Equal(LifetimeStatus.NoValue, LifetimeModel.Train(enough.Table, nothing, enough.Table, enough.Amounts, Options).Status);
        Assert.Throws<ArgumentException>("amounts", () => LifetimeModel.Train(enough.Table, [enough.Amounts[0]], enough.Table, enough.Amounts, Options));
        Assert.Throws<ArgumentException>("HorizonDays", () => Train(enough, enough, Options with { LaterHorizonDays = [10] }));
        Assert.Throws<ArgumentException>("method", () => new LifetimeModel(Options, LifetimeMethod.Network, Known.Purchases, Known.Spend, null));
    }

    private static LifetimeFit Train(Shoppers training, Shoppers judged, LifetimeOptions? options = null) =>
        LifetimeModel.Train(training.Table, training.Amounts, judged.Table, judged.Amounts, options ?? Options);

    // Without a model of purchases the network has no features of it.
    private static ValueModel Plain(Shoppers shoppers, LifetimeOptions options) => ValueModel.Train(
        PurchaseFeatures.Of(shoppers.Table, null, options), new int[shoppers.Table.Rows], shoppers.Amounts[..1], options.Network with { HorizonPeriods = [91] });
}
