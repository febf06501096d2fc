using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

public sealed class BgNbdModelTests
{
    // Fader, Hardie, Lee 2005, table 2; digits from the lifetimes package.
    private static readonly BgNbdModel Cdnow = new(0.242593, 4.413532, 0.792886, 2.425752);

    [Fact]
    public void Fit_OfCdnow_ReachesThePublishedParameters()
    {
        var fit = BgNbdModel.Fit(CdnowData.Summary());
        Assert.Equal(EstimationStatus.Estimated, fit.Status);
        Assert.Equal((2357, 946), (fit.Customers, fit.Repeaters));
        Assert.InRange(fit.Model!.R / Cdnow.R, 1 - 2e-5, 1 + 2e-5);
        Assert.InRange(fit.Model.Alpha / Cdnow.Alpha, 1 - 2e-5, 1 + 2e-5);
        Assert.InRange(fit.Model.A / Cdnow.A, 1 - 2e-5, 1 + 2e-5);
        Assert.InRange(fit.Model.B / Cdnow.B, 1 - 2e-5, 1 + 2e-5);
        Assert.Equal(-9582.43, fit.LogLikelihood!.Value, 0.01);
    }

    [Fact]
    public void Fit_InAnotherUnitOfTime_IsTheSameModel()
    {
        var weeks = Simulate(Cdnow, 2_000, 39, 1);
        var days = weeks.Select(c => c with { Recency = 7 * c.Recency, Age = 7 * c.Age }).ToArray();
        BgNbdFit inWeeks = BgNbdModel.Fit(weeks), inDays = BgNbdModel.Fit(days);
        Assert.Equal(inWeeks.Model!.R, inDays.Model!.R, 1e-8);
        Assert.Equal(7 * inWeeks.Model.Alpha, inDays.Model.Alpha, 1e-7);
        Assert.Equal(7 * inWeeks.StandardErrors!.Alpha, inDays.StandardErrors!.Alpha, 1e-5);
        Assert.Equal(inWeeks.LogLikelihood!.Value - Math.Log(7) * weeks.Sum(c => c.Frequency), inDays.LogLikelihood!.Value, 1e-6);
    }

    [Fact]
    public void Fit_OfSimulatedCustomers_FindsTheTruthWithinItsStandardErrors()
    {
        var truth = new BgNbdModel(0.8, 6, 1.5, 3);
        var fit = BgNbdModel.Fit(Simulate(truth, 20_000, 52, 2));
        Assert.InRange((fit.Model!.R - truth.R) / fit.StandardErrors!.R, -4, 4);
        Assert.InRange((fit.Model.Alpha - truth.Alpha) / fit.StandardErrors.Alpha, -4, 4);
        Assert.InRange((fit.Model.A - truth.A) / fit.StandardErrors.A, -4, 4);
        Assert.InRange((fit.Model.B - truth.B) / fit.StandardErrors.B, -4, 4);
        Assert.True(fit.StandardErrors.R < 0.05);
    }

    [Theory]
    [InlineData(0, 0, 38.86, 39)]
    [InlineData(2, 30.43, 38.86, 39)]
    [InlineData(26, 30, 38.86, 5)]
    [InlineData(150, 38, 38.86, 400)]
    public void ExpectedPurchases_OfAnyCustomer_IsTheIntegralOverDropOut(int x, double recency, double age, double horizon)
    {
        var customer = new CustomerSummary(1, x, recency, age, 0);
        // The closed form has removable poles at a = 1, and at a + b = 1 where x = 0.
        BgNbdModel[] models = [Cdnow, new(1.3, 9, 1, 2), new(1.3, 9, 1.00002, 2), new(0.5, 9, 0.4, 0.6), new(2, 20, 3.5, 60)];
        foreach (var model in models)
        {
            double expected = model.ProbabilityAlive(customer) * Integral(model, customer, horizon);
            Assert.InRange(model.ExpectedPurchases(customer, horizon) / expected, 1 - 1e-6, 1 + 1e-6);
        }
    }

    // Fader and Hardie's spreadsheet, a test of the lifetimes package.
    [Fact]
    public void ExpectedPurchases_OfThePublishedExample_Is1Point226() =>
        Assert.Equal(1.226, new BgNbdModel(0.243, 4.414, 0.793, 2.426).ExpectedPurchases(new CustomerSummary(1, 2, 30.43, 38.86, 0), 39), 0.001);

    [Fact]
    public void ExpectedPurchasesAndAlive_OfSimulatedCustomers_MatchWhatHappens()
    {
        var truth = new BgNbdModel(0.8, 6, 1.5, 3);
        var both = SimulateWithFuture(truth, 60_000, 30, 20, 3).ToArray();
        var repeaters = both.Where(c => c.Summary.Frequency is >= 1 and <= 3).ToArray();
        Assert.InRange(repeaters.Average(c => truth.ProbabilityAlive(c.Summary)) / repeaters.Average(c => c.Alive ? 1.0 : 0), 0.97, 1.03);
        Assert.InRange(both.Average(c => truth.ExpectedPurchases(c.Summary, 20)) / both.Average(c => (double)c.Future), 0.97, 1.03);
        Assert.InRange(truth.ExpectedPurchasesOfNewCustomer(30) / both.Average(c => (double)c.Summary.Frequency), 0.97, 1.03);
    }

    [Fact]
    public void ExpectedPurchases_WithTheHorizon_RisesFromZero()
    {
        var customer = new CustomerSummary(1, 3, 20, 30, 0);
        double before = Cdnow.ExpectedPurchases(customer, 0);
        Assert.Equal(0, before);
        foreach (double horizon in new[] { 1e-6, 0.1, 1, 10, 1e3, 1e5 })
        {
            double now = Cdnow.ExpectedPurchases(customer, horizon);
            Assert.True(now > before && double.IsFinite(now));
            before = now;
        }
    }

    [Fact]
    public void Fit_WithoutEnoughRepeaters_SaysSo()
    {
        var fit = BgNbdModel.Fit([.. Enumerable.Range(0, 1_000).Select(i => new CustomerSummary(i, i < 19 ? 1 : 0, i < 19 ? 2 : 0, 10, 0))]);
        Assert.Equal(EstimationStatus.TooFewRepeaters, fit.Status);
        Assert.Null(fit.Model);
        Assert.Equal(EstimationStatus.TooFewRepeaters, BgNbdModel.Fit([]).Status);
    }

    [Fact]
    public void Fit_WhereAllBuyAlikeAndNobodyLeaves_DoesNotConverge()
    {
        var fit = BgNbdModel.Fit([.. Enumerable.Range(0, 500).Select(i => new CustomerSummary(i, 10, 10, 10, 0))]);
        Assert.Equal(EstimationStatus.NotConverged, fit.Status);
        Assert.Null(fit.Model);
        Assert.Null(fit.StandardErrors);
    }

    [Theory]
    [InlineData(-1, 0, 5)]
    [InlineData(1, 6, 5)]
    [InlineData(0, 1, 5)]
    [InlineData(1, 0, 5)]
    [InlineData(1, double.NaN, 5)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Fit_OfAnImpossibleSummary_Throws(int frequency, double recency, double age) =>
        Assert.Throws<ArgumentException>("customers", () => BgNbdModel.Fit([new CustomerSummary(1, frequency, recency, age, 0)]));

    private static CustomerSummary[] Simulate(BgNbdModel truth, int customers, double age, int seed) =>
        [.. SimulateWithFuture(truth, customers, age, 0, seed).Select(c => c.Summary)];

    private static IEnumerable<(CustomerSummary Summary, int Future, bool Alive)> SimulateWithFuture(
        BgNbdModel truth, int customers, double age, double horizon, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < customers; i++)
        {
            double rate = GammaDraw.Of(random, truth.R) / truth.Alpha, first = GammaDraw.Of(random, truth.A);
            double dropOut = first / (first + GammaDraw.Of(random, truth.B)), time = 0, recency = 0;
            int frequency = 0, future = 0;
            bool alive = true, aliveAtAge = true;
            while (alive)
            {
                time -= Math.Log(1 - random.NextDouble()) / rate;
                if (time > age + horizon)
                {
                    break;
                }
                alive = random.NextDouble() >= dropOut;
                if (time <= age)
                {
                    (frequency, recency, aliveAtAge) = (frequency + 1, time, alive);
                }
                else
                {
                    future++;
                }
            }
            yield return (new CustomerSummary(i, frequency, recency, age, 0), future, aliveAtAge);
        }
    }

    /// <summary>
    /// Given alive, rate and drop-out are gamma(r + x, α + T) and beta(a, b + x), so that the expectation is that of
    /// (1 − (1 + p t/(α + T))^−(r+x)) / p over the beta: midpoints in u with p = u^8 (1 − (1 − u)^8 on the other side).
    /// </summary>
    private static double Integral(BgNbdModel model, CustomerSummary customer, double horizon)
    {
        const int steps = 40_000;
        double a = model.A, b = model.B + customer.Frequency, sum = 0, mass = 0;
        for (int i = 0; i < steps; i++)
        {
            double u = (i + 0.5) / steps;
            Add(Math.Pow(u, 8) / 2, 1 - Math.Pow(u, 8) / 2, 4 * Math.Pow(u, 7));
            Add(1 - Math.Pow(u, 8) / 2, Math.Pow(u, 8) / 2, 4 * Math.Pow(u, 7));
        }
        return sum / mass;

        void Add(double p, double rest, double width)
        {
            double weight = width * Math.Exp((a - 1) * Math.Log(p) + (b - 1) * Math.Log(rest));
            mass += weight;
            // .NET's ExpM1 and LogP1 cancel; the start of the binomial series does not.
            double m = model.R + customer.Frequency, ratio = horizon / (model.Alpha + customer.Age);
            sum += weight * (p * ratio < 1e-7 ? m * ratio * (1 - (m + 1) * p * ratio / 2) : (1 - Math.Pow(1 + p * ratio, -m)) / p);
        }
    }
}
