using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Prediction.Lifetime;

/// <summary>
/// Value still to come by purchases alone: BG/NBD for how often, gamma-gamma for how much. The mean is the closed form; quantiles come from
/// futures drawn from the customer's own posterior. Given alive, that is gamma(r + x, α + T) for the rate and beta(a, b + x) for the
/// probability of leaving after a purchase, which follows from Fader, Hardie and Lee 2005, equation 3: the likelihood of a customer is a
/// sum of the two cases, and the first is the product of those kernels. One who has left buys nothing; without drop-out nobody has.
/// </summary>
/// <param name="Purchases">BG/NBD in weeks.</param>
/// <param name="Spend">Gamma-gamma; its means are finite.</param>
internal sealed record TransactionValue(BgNbdModel Purchases, GammaGammaModel Spend)
{
    // Discounting changes by less than 4e-6 within it at 10 % a year, if money counts as coming in its middle.
    private const double StepDays = 28;

    public ValuePrediction[] Predict(CustomerSummary customer, LifetimeOptions options)
    {
        double[] means = Means(customer, options);
        double[][] futures = Futures(customer, options);
        var predictions = new ValuePrediction[means.Length];
        for (int h = 0; h < means.Length; h++)
        {
            Array.Sort(futures[h]);
            predictions[h] = new ValuePrediction(
                Positive(customer, options.AllHorizonDays[h]), means[h], Quantile(futures[h], 0.1), Quantile(futures[h], 0.5), Quantile(futures[h], 0.9));
        }
        return predictions;
    }

    /// <summary>Probability of a purchase within so many days: given alive, none with probability ((α + T) / (α + T + t))^(r + x).</summary>
    public double Positive(CustomerSummary customer, int days)
    {
        double scale = Purchases.Alpha + customer.Age;
        double none = Math.Pow(scale / (scale + days / LifetimeTable.DaysPerWeek), Purchases.R + customer.Frequency);
        return Purchases.ProbabilityAlive(customer) * (1 - none);
    }

    /// <summary>Expected discounted contribution over every horizon.</summary>
    public double[] Means(CustomerSummary customer, LifetimeOptions options)
    {
        double amount = Spend.ExpectedSpend(customer) ?? throw new InvalidOperationException("Gamma-gamma without finite means.");
        var means = new double[options.AllHorizonDays.Count];
        double from = 0, before = 0, value = 0;
        for (int h = 0; h < means.Length; h++)
        {
            int end = options.AllHorizonDays[h];
            // Without a discount the sum telescopes.
            int steps = options.AnnualDiscountRate == 0 ? 1 : (int)Math.Ceiling((end - from) / StepDays);
            double length = (end - from) / steps;
            for (int step = 0; step < steps; step++, from += length)
            {
                double until = Purchases.ExpectedPurchases(customer, (from + length) / LifetimeTable.DaysPerWeek);
                value += options.DiscountOf(from + length / 2) * (until - before);
                before = until;
            }
            from = end;
            means[h] = Math.Max(h == 0 ? 0 : means[h - 1], amount * value);
        }
        return means;
    }

    /// <summary>[horizons][draws]; a draw is one future, so that it does not fall with the horizon.</summary>
    private double[][] Futures(CustomerSummary customer, LifetimeOptions options)
    {
        var random = new Random(unchecked((int)(options.Network.Seed * 0x9E3779B97F4A7C15 >> 32) ^ (int)(customer.Customer * 2654435761 >> 16)));
        double alive = Purchases.ProbabilityAlive(customer);
        int[] horizonDays = [.. options.AllHorizonDays];
        double shape = Spend.Q + Spend.P * customer.Frequency, scale = Spend.V + customer.Frequency * customer.MeanAmount;
        double[][] futures = [.. horizonDays.Select(_ => new double[options.Draws])];
        for (int draw = 0; draw < options.Draws; draw++)
        {
            if (random.NextDouble() >= alive)
            {
                continue;
            }
            double rate = GammaSampler.Gamma(random, Purchases.R + customer.Frequency) / (Purchases.Alpha + customer.Age);
            double leaving = Purchases.A == 0 ? 0 : GammaSampler.Beta(random, Purchases.A, Purchases.B + customer.Frequency);
            double ofCustomer = GammaSampler.Gamma(random, shape) / scale;
            int horizon = 0, purchases = 0;
            double worth = 0, value = 0, week = Wait(random, rate);
            while (true)
            {
                double days = week * LifetimeTable.DaysPerWeek;
                for (; horizon < futures.Length && days >= horizonDays[horizon]; horizon++, purchases = 0, worth = 0)
                {
                    futures[horizon][draw] = value += Spent();
                }
                if (horizon == futures.Length)
                {
                    break;
                }
                purchases++;
                worth += options.AnnualDiscountRate == 0 ? 1 : options.DiscountOf(days);
                // One who leaves waits for ever.
                week += random.NextDouble() < leaving ? double.PositiveInfinity : Wait(random, rate);
            }

            // Purchases of one customer have independent gamma amounts, whose sum is gamma again; each counts by their mean discount.
            double Spent() => purchases == 0 ? 0 : GammaSampler.Gamma(random, Spend.P * purchases) / ofCustomer * worth / purchases;
        }
        return futures;
    }

    private static double Wait(Random random, double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    private static double Quantile(double[] sorted, double probability) => sorted[Math.Max(0, (int)Math.Ceiling(probability * sorted.Length) - 1)];
}
