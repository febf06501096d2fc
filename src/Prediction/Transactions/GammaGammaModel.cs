namespace Noah.Prediction.Transactions;

/// <summary>
/// Gamma-gamma model of the amount per purchase (Fader, Hardie 2013, "The gamma-gamma model of monetary value"): amounts of a customer are
/// gamma(p, ν), and ν is drawn from gamma(q, v). It assumes that how much and how often are independent.
/// </summary>
public sealed record GammaGammaModel
{
    /// <summary>A model with known parameters.</summary>
    /// <param name="p">Shape of a customer's amounts; &gt; 0.</param>
    /// <param name="q">Shape of the customers' scales; &gt; 0; means over customers are finite above 1 only.</param>
    /// <param name="v">Inverse scale of the customers' scales, in the currency of the amounts; &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite and above 0.</exception>
    public GammaGammaModel(double p, double q, double v)
    {
        (P, Q, V) = (Require(p, nameof(p)), Require(q, nameof(q)), Require(v, nameof(v)));
    }

    /// <summary>Shape of a customer's amounts.</summary>
    public double P { get; }

    /// <summary>Shape of the customers' scales.</summary>
    public double Q { get; }

    /// <summary>Inverse scale of the customers' scales, in the currency of the amounts.</summary>
    public double V { get; }

    /// <summary>Maximum likelihood by damped Newton steps on the logarithms of the parameters; no randomness.</summary>
    /// <param name="customers">Summaries; those without a repeat purchase, or with a mean amount of 0, take no part.</param>
    /// <exception cref="ArgumentException">A summary is outside its ranges (the message names the customer).</exception>
    public static GammaGammaFit Fit(IReadOnlyList<CustomerSummary> customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        foreach (var customer in customers)
        {
            BgNbdModel.RequireSummary(customer, nameof(customers));
        }
        CustomerSummary[] payers = [.. customers.Where(customer => customer is { Frequency: > 0, MeanAmount: > 0 })];
        if (payers.Length < BgNbdModel.MinRepeaters)
        {
            return Failed(EstimationStatus.TooFewRepeaters, 0);
        }
        // In units of the mean amount the parameters are of order 1, whatever the currency.
        double unit = payers.Average(customer => customer.MeanAmount);
        (double Count, double Mean)[] data = [.. payers.Select(customer => ((double)customer.Frequency, customer.MeanAmount / unit))];
        var optimum = LogParameterFit.Minimize((at, gradient) => Loss(data, at, gradient), [Math.Log(2), Math.Log(3), 0], data.Length);
        if (!optimum.Converged)
        {
            return Failed(EstimationStatus.NotConverged, optimum.Iterations);
        }
        double[] found = optimum.Parameters, errors = optimum.StandardErrors;
        return new GammaGammaFit
        {
            Status = EstimationStatus.Estimated,
            Model = new GammaGammaModel(found[0], found[1], found[2] * unit),
            StandardErrors = new GammaGammaModel(errors[0], errors[1], errors[2] * unit),
            LogLikelihood = -optimum.Loss - data.Length * Math.Log(unit),
            Repeaters = data.Length,
            Iterations = optimum.Iterations,
        };

        GammaGammaFit Failed(EstimationStatus status, int iterations) => new()
        {
            Status = status,
            Model = null,
            StandardErrors = null,
            LogLikelihood = null,
            Repeaters = payers.Length,
            Iterations = iterations,
        };
    }

    /// <summary>
    /// Expected amount of a further purchase, p (v + x z̄) / (p x + q − 1) (Fader, Hardie 2013, equation 5): between the customer's own mean
    /// and that of all, which it equals without a repeat purchase.
    /// </summary>
    /// <param name="customer">Its summary.</param>
    /// <returns>In the currency of the amounts; null where the mean is infinite (p x + q ≤ 1).</returns>
    /// <exception cref="ArgumentException">The summary is outside its ranges.</exception>
    public double? ExpectedSpend(CustomerSummary customer)
    {
        BgNbdModel.RequireSummary(customer, nameof(customer));
        double x = customer.Frequency, denominator = P * x + Q - 1;
        return denominator > 0 ? P * (V + x * customer.MeanAmount) / denominator : null;
    }

    /// <summary>Minus log likelihood (equation 1a) and its gradient in log p, log q, log v.</summary>
    private static double Loss((double Count, double Mean)[] data, ReadOnlySpan<double> logParameters, Span<double> gradient)
    {
        double p = Math.Exp(logParameters[0]), q = Math.Exp(logParameters[1]), v = Math.Exp(logParameters[2]);
        double value = 0, byP = 0, byQ = 0, byV = 0;
        double logGammaQ = GammaFunctions.LogGamma(q), digammaQ = GammaFunctions.Digamma(q);
        foreach (var (x, mean) in data)
        {
            double logTotal = Math.Log(v + x * mean), shape = p * x;
            double digammaBoth = GammaFunctions.Digamma(shape + q);
            value += GammaFunctions.LogGamma(shape + q) - GammaFunctions.LogGamma(shape) - logGammaQ
                + q * logParameters[2] + (shape - 1) * Math.Log(mean) + shape * Math.Log(x) - (shape + q) * logTotal;
            byP += x * (digammaBoth - GammaFunctions.Digamma(shape) + Math.Log(mean) + Math.Log(x) - logTotal);
            byQ += digammaBoth - digammaQ + logParameters[2] - logTotal;
            byV += q / v - (shape + q) / (v + x * mean);
        }
        (gradient[0], gradient[1], gradient[2]) = (-p * byP, -q * byQ, -v * byV);
        return -value;
    }

    private static double Require(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A parameter must be finite and above 0.");
}
