using Noah.Prediction.Transactions;

namespace Noah.Prediction.Tests.Transactions;

public sealed class NbdModelTests
{
    // Of half of all draws the best of four parameters lies between the edges; these are two of the other half.
    private const int NoneSeed = 7, AlikeSeed = 2;
    private static readonly NbdModel Known = new(0.8, 6);

    /// <summary>
    /// With one age the likelihood is that of negative binomial counts: R 4.2.2, MASS 7.3-58.2,
    /// glm.nb(rep(0:8, c(410, 231, 142, 88, 51, 33, 21, 14, 10)) ~ 1), theta 1.042935660 (standard error by its expected information); the
    /// standard error of the observed one by optim's Hessian. The mean is matched exactly: r / α = 1.452 / 40.
    /// </summary>
    [Fact]
    public void Fit_WithOneAge_IsThatOfGlmNb()
    {
        int[] counts = [410, 231, 142, 88, 51, 33, 21, 14, 10];
        var fit = NbdModel.Fit([.. counts.SelectMany((count, x) => Enumerable.Repeat(Summary(x, 40), count))]);
        Assert.Equal(EstimationStatus.Estimated, fit.Status);
        Assert.Equal(1.042935660, fit.Model!.R, 2e-7);
        Assert.Equal(1.452 / 40, fit.Model.R / fit.Model.Alpha, 1e-9);
        Assert.Equal(0.096817, fit.StandardErrors!.R, 2e-5);
    }

    /// <summary>scipy 1.10: minimize of the same likelihood by Nelder-Mead, then BFGS to a gradient of 1e-12.</summary>
    [Fact]
    public void Fit_WithSeveralAges_IsThatOfScipy()
    {
        (int X, double Age, int Count)[] table =
        [
            (0, 13, 60), (0, 26, 50), (0, 39, 40), (1, 13, 25), (1, 26, 30), (1, 39, 28), (2, 13, 8), (2, 26, 14), (2, 39, 18), (3, 26, 7),
            (3, 39, 12), (4, 39, 6), (5, 26, 3), (5, 39, 5), (7, 39, 2),
        ];
        var fit = NbdModel.Fit([.. table.SelectMany(cell => Enumerable.Repeat(Summary(cell.X, cell.Age), cell.Count))]);
        Assert.Equal(1.9078013, fit.Model!.R, 1e-5);
        Assert.Equal(53.035607, fit.Model.Alpha, 3e-4);
        Assert.Equal(-1273.425081195, fit.LogLikelihood!.Value, 1e-7);
        Assert.Equal(0.52749, fit.StandardErrors!.R, 1e-3);
        Assert.Equal(15.1094, fit.StandardErrors.Alpha, 3e-2);
    }

    /// <summary>E[λ | x, T] t by midpoints over the rate, whose posterior is λ^(r + x − 1) e^(−(α + T) λ) up to a factor.</summary>
    [Theory]
    [InlineData(0, 38.86, 39)]
    [InlineData(3, 12, 52)]
    [InlineData(40, 30, 7)]
    public void ExpectedPurchases_IsTheIntegralOverTheRate(int x, double age, double horizon)
    {
        double mass = 0, sum = 0, most = 6 * (Known.R + x + 5) / (Known.Alpha + age), power = Known.R + x - 1, scale = Known.Alpha + age;
        double peak = Math.Max(power, 0.1) / scale, log = (power * Math.Log(peak)) - (scale * peak);
        // λ = u³ takes the pole at 0 away.
        const int steps = 400_000;
        for (int i = 0; i < steps; i++)
        {
            double u = Math.Cbrt(most) * (i + 0.5) / steps, rate = u * u * u;
            double weight = u * u * Math.Exp((power * Math.Log(rate)) - (scale * rate) - log);
            (mass, sum) = (mass + weight, sum + (weight * rate));
        }
        Assert.Equal(1, Known.ExpectedPurchases(Summary(x, age), horizon) / (sum / mass * horizon), 1e-6);
    }

    [Fact]
    public void ExpectedPurchases_OfSimulatedCustomers_MatchWhatHappens()
    {
        var customers = Draw(60_000, 30, 20, 4);
        foreach (var group in customers.GroupBy(c => Math.Min(c.Summary.Frequency, 6)))
        {
            double expected = group.Average(c => Known.ExpectedPurchases(c.Summary, 20)), actual = group.Average(c => (double)c.Future);
            Assert.InRange(actual / expected, 0.94, 1.06);
        }
        Assert.InRange(Known.ExpectedPurchasesOfNewCustomer(30) / customers.Average(c => (double)c.Summary.Frequency), 0.97, 1.03);
    }

    [Fact]
    public void BgNbd_OfCustomersOfWhomNobodyLeaves_FallsBackToIt_AndSaysSo()
    {
        CustomerSummary[] customers = [.. Draw(2_000, 30, 0, NoneSeed).Select(c => c.Summary)];
        var fit = BgNbdModel.Fit(customers);
        Assert.Equal(EstimationStatus.NoDropOut, fit.Status);
        Assert.Equal((0, EstimationStatus.Estimated), (fit.Model!.A, fit.WithoutDropOut!.Status));
        Assert.Null(fit.StandardErrors);
        var without = fit.WithoutDropOut;
        Assert.Equal((without.Model!.R, without.Model.Alpha, without.LogLikelihood), (fit.Model.R, fit.Model.Alpha, fit.LogLikelihood));
        Assert.InRange((fit.Model.R - Known.R) / without.StandardErrors!.R, -4, 4);
        Assert.InRange((fit.Model.Alpha - Known.Alpha) / without.StandardErrors.Alpha, -4, 4);
        foreach (var customer in customers.Take(50))
        {
            Assert.Equal(1, fit.Model.ProbabilityAlive(customer));
            Assert.Equal(without.Model.ExpectedPurchases(customer, 13), fit.Model.ExpectedPurchases(customer, 13));
        }
        // The same numbers as of a model with hardly any drop-out: it is nested.
        var hardly = new BgNbdModel(fit.Model.R, fit.Model.Alpha, 1e-7, 1);
        Assert.Equal(fit.Model.ExpectedPurchases(customers[0], 13), hardly.ExpectedPurchases(customers[0], 13), 1e-5);
        Assert.Equal(fit.Model.ExpectedPurchasesOfNewCustomer(13), hardly.ExpectedPurchasesOfNewCustomer(13), 1e-5);
    }

    [Fact]
    public void BgNbd_OfCustomersWhoLeaveAlike_HoldsDropOutAlike()
    {
        const double dropOut = 0.2;
        CustomerSummary[] customers = [.. Draw(6_000, 52, 0, AlikeSeed, dropOut).Select(c => c.Summary)];
        var fit = BgNbdModel.Fit(customers);
        Assert.Equal((EstimationStatus.AlikeDropOut, BgNbdModel.AlikeB, null), (fit.Status, fit.Model!.B, fit.WithoutDropOut));
        Assert.Equal(dropOut, fit.Model.A / (fit.Model.A + fit.Model.B), 0.015);
        Assert.InRange(fit.Model.R / Known.R, 0.85, 1.15);
        Assert.InRange(fit.Model.Alpha / Known.Alpha, 0.8, 1.2);
        // As likely as the truth, but for what b = 1,000 costs.
        var truth = new BgNbdLikelihood(customers);
        double ofTruth = -truth.Loss([Math.Log(Known.R), Math.Log(Known.Alpha), Math.Log(dropOut / (1 - dropOut)) + 12, 12], new double[4]);
        Assert.True(fit.LogLikelihood > ofTruth - 0.5, $"{fit.LogLikelihood} against {ofTruth}.");
        var future = Draw(40_000, 30, 20, 3, dropOut);
        Assert.InRange(future.Average(c => fit.Model.ExpectedPurchases(c.Summary, 20)) / future.Average(c => (double)c.Future), 0.93, 1.07);
    }

    [Fact]
    public void BgNbd_WhereSomeLeave_DoesNotFallBack() =>
        Assert.False(DropOutScore.IsNowherePositive(CdnowData.Summary(), NbdModel.Fit(CdnowData.Summary()).Model!));

    [Fact]
    public void DropOutScore_IsTheSlopeOfTheLikelihood()
    {
        CustomerSummary[] customers = [.. Draw(500, 30, 0, 9).Select(c => c.Summary)];
        var nbd = NbdModel.Fit(customers).Model!;
        var likelihood = new BgNbdLikelihood(customers);
        bool anyPositive = false;
        for (double log = -6; log <= 15; log += 0.25)
        {
            const double a = 1e-9;
            var gradient = new double[4];
            likelihood.Loss([Math.Log(nbd.R), Math.Log(nbd.Alpha), Math.Log(a), log], gradient);
            anyPositive |= -gradient[2] / a > 1e-6;
        }
        Assert.Equal(!anyPositive, DropOutScore.IsNowherePositive(customers, nbd));
    }

    [Fact]
    public void Fit_OfTooFewOrOfAlikeCustomers_IsAStatus()
    {
        Assert.Equal(EstimationStatus.TooFewRepeaters, NbdModel.Fit([Summary(1, 10)]).Status);
        var alike = NbdModel.Fit([.. Enumerable.Repeat(Summary(10, 10), 500)]);
        Assert.Equal((EstimationStatus.NotConverged, null, null), (alike.Status, alike.Model, alike.LogLikelihood));
        Assert.Throws<ArgumentException>("customers", () => NbdModel.Fit([new CustomerSummary(1, 1, 6, 5, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new NbdModel(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("a", () => new BgNbdModel(1, 1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("horizon", () => Known.ExpectedPurchases(Summary(1, 10), -1));
    }

    private static CustomerSummary Summary(int x, double age) => new(0, x, x > 0 ? age / 2 : 0, age, 0);

    private static (CustomerSummary Summary, int Future)[] Draw(int count, double age, double horizon, int seed, double dropOut = 0)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                double rate = GammaDraw.Of(random, Known.R) / Known.Alpha, time = 0, last = 0;
                int frequency = 0, future = 0;
                while ((time -= Math.Log(1 - random.NextDouble()) / rate) <= age + horizon)
                {
                    (frequency, last, future) = time <= age ? (frequency + 1, time, future) : (frequency, last, future + 1);
                    if (dropOut > 0 && random.NextDouble() < dropOut)
                    {
                        break;
                    }
                }
                return (new CustomerSummary(i, frequency, last, age, 0), future);
            }),
        ];
    }
}
