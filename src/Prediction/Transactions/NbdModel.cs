namespace Noah.Prediction.Transactions;

/// <summary>
/// Negative binomial purchases (Ehrenberg 1959): a customer buys at a Poisson rate drawn from gamma(r, α), and never leaves. It is
/// <see cref="BgNbdModel"/> with a drop-out of 0. Times are in the unit of the summaries.
/// </summary>
public sealed record NbdModel
{
    /// <summary>A model with known parameters.</summary>
    /// <param name="r">Shape of the rates; &gt; 0.</param>
    /// <param name="alpha">Inverse scale of the rates, in units of time; &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and above 0.</exception>
    public NbdModel(double r, double alpha)
    {
        (R, Alpha) = (BgNbdModel.Require(r, nameof(r)), BgNbdModel.Require(alpha, nameof(alpha)));
    }

    /// <summary>Shape of the purchase rates.</summary>
    public double R { get; }

    /// <summary>Inverse scale of the purchase rates, in units of time.</summary>
    public double Alpha { get; }

    /// <summary>Maximum likelihood by damped Newton steps on the logarithms of the parameters; no randomness.</summary>
    /// <param name="customers">One summary per customer, those without repeat purchases among them.</param>
    /// <exception cref="ArgumentException">A summary is outside its ranges (the message names the customer).</exception>
    public static NbdFit Fit(IReadOnlyList<CustomerSummary> customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        foreach (var customer in customers)
        {
            BgNbdModel.RequireSummary(customer, nameof(customers));
        }
        int repeaters = customers.Count(customer => customer.Frequency > 0);
        if (repeaters < BgNbdModel.MinRepeaters)
        {
            return Failed(EstimationStatus.TooFewRepeaters, 0);
        }
        // In units of the mean age the parameters are of order 1.
        double unit = customers.Average(customer => customer.Age);
        var groups = customers.CountBy(c => (c.Frequency, Age: c.Age / unit)).OrderBy(group => group.Key)
            .Select(group => (group.Key.Frequency, group.Key.Age, Count: (double)group.Value)).ToArray();
        var optimum = LogParameterFit.Minimize((at, gradient) => Loss(groups, at, gradient), new double[2], customers.Count);
        if (!optimum.Converged)
        {
            return Failed(EstimationStatus.NotConverged, optimum.Iterations);
        }
        return new NbdFit
        {
            Status = EstimationStatus.Estimated,
            Model = new NbdModel(optimum.Parameters[0], optimum.Parameters[1] * unit),
            StandardErrors = new NbdModel(optimum.StandardErrors[0], optimum.StandardErrors[1] * unit),
            // A density of times in another unit differs by one factor per repeat purchase.
            LogLikelihood = -optimum.Loss - Math.Log(unit) * customers.Sum(c => (double)c.Frequency),
            Iterations = optimum.Iterations,
        };

        static NbdFit Failed(EstimationStatus status, int iterations) =>
            new() { Status = status, Model = null, StandardErrors = null, LogLikelihood = null, Iterations = iterations };
    }

    /// <summary>Expected purchases of the customer within the next units of time, (r + x) t / (α + T): the rate given x and T is gamma.</summary>
    /// <param name="customer">Its summary.</param>
    /// <param name="horizon">Length t of the time ahead, ≥ 0, in units of time.</param>
    /// <exception cref="ArgumentException">The summary or the horizon is outside its range.</exception>
    public double ExpectedPurchases(CustomerSummary customer, double horizon)
    {
        BgNbdModel.RequireSummary(customer, nameof(customer));
        BgNbdModel.RequireHorizon(horizon);
        return (R + customer.Frequency) * horizon / (Alpha + customer.Age);
    }

    /// <summary>Expected repeat purchases of a customer yet unknown, r t / α, within a time t after the first purchase.</summary>
    /// <param name="horizon">Length of that time, ≥ 0, in units of time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative or not finite.</exception>
    public double ExpectedPurchasesOfNewCustomer(double horizon)
    {
        BgNbdModel.RequireHorizon(horizon);
        return R * horizon / Alpha;
    }

    /// <summary>Minus log likelihood of the times of purchases, Γ(r + x) / Γ(r) · α^r / (α + T)^(r + x), and its gradient in log r, log α.</summary>
    private static double Loss(
        (int Frequency, double Age, double Count)[] groups, ReadOnlySpan<double> logParameters, Span<double> gradient)
    {
        double r = Math.Exp(logParameters[0]), alpha = Math.Exp(logParameters[1]), value = 0, byR = 0, byAlpha = 0;
        double logGammaR = GammaFunctions.LogGamma(r), digammaR = GammaFunctions.Digamma(r);
        foreach (var (x, age, count) in groups)
        {
            double logScale = Math.Log(alpha + age);
            value += count * (GammaFunctions.LogGamma(r + x) - logGammaR + r * logParameters[1] - (r + x) * logScale);
            byR += count * (GammaFunctions.Digamma(r + x) - digammaR + logParameters[1] - logScale);
            byAlpha += count * (r / alpha - (r + x) / (alpha + age));
        }
        (gradient[0], gradient[1]) = (-r * byR, -alpha * byAlpha);
        return -value;
    }
}
