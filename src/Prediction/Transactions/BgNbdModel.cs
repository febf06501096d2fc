namespace Noah.Prediction.Transactions;

/// <summary>
/// BG/NBD (Fader, Hardie, Lee 2005, "Counting your customers the easy way"): while alive a customer buys at a Poisson rate drawn from
/// gamma(r, α), and after every purchase stops for good with a probability drawn from beta(a, b). With a = 0 nobody ever does, and it is
/// <see cref="NbdModel"/>. Times are in the unit of the summaries.
/// </summary>
public sealed record BgNbdModel
{
    /// <summary>Repeat customers that a fit needs: four parameters from fewer say nothing.</summary>
    public const int MinRepeaters = 20;

    /// <summary>b from which on drop-out is taken for alike: probabilities of 0.2 then differ by 0.01 between customers.</summary>
    public const double AlikeB = 1_000;

    // Closer to a removable pole the closed form loses its digits; a line across it is right to the square of it.
    private const double PoleDistance = 1e-4;

    /// <summary>A model with known parameters.</summary>
    /// <param name="r">Shape of the rates; &gt; 0.</param>
    /// <param name="alpha">Inverse scale of the rates, in units of time; &gt; 0.</param>
    /// <param name="a">First parameter of the drop-out probabilities; ≥ 0, where 0 is no drop-out.</param>
    /// <param name="b">Second parameter of the drop-out probabilities; &gt; 0. Without drop-out it says nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or outside its range.</exception>
    public BgNbdModel(double r, double alpha, double a, double b)
    {
        (R, Alpha, A, B) = (Require(r, nameof(r)), Require(alpha, nameof(alpha)), a == 0 ? 0 : Require(a, nameof(a)), Require(b, nameof(b)));
    }

    /// <summary>Shape of the purchase rates.</summary>
    public double R { get; }

    /// <summary>Inverse scale of the purchase rates, in units of time.</summary>
    public double Alpha { get; }

    /// <summary>First parameter of the drop-out probabilities; 0 where nobody leaves for good.</summary>
    public double A { get; }

    /// <summary>Second parameter of the drop-out probabilities.</summary>
    public double B { get; }

    /// <summary>Maximum likelihood by damped Newton steps on the logarithms of the parameters; no randomness.</summary>
    /// <param name="customers">One summary per customer, those without repeat purchases among them.</param>
    /// <exception cref="ArgumentException">A summary is outside its ranges (the message names the customer).</exception>
    public static BgNbdFit Fit(IReadOnlyList<CustomerSummary> customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        foreach (var customer in customers)
        {
            RequireSummary(customer, nameof(customers));
        }
        int repeaters = customers.Count(customer => customer.Frequency > 0);
        if (repeaters < MinRepeaters)
        {
            return Failed(EstimationStatus.TooFewRepeaters, 0);
        }
        // Where nothing speaks for drop-out there is no maximum to search for, only a ridge to wander on.
        var without = NbdModel.Fit(customers);
        if (without.Model is { } nbd && DropOutScore.IsNowherePositive(customers, nbd))
        {
            return BgNbdEdge.WithoutDropOut(Failed(EstimationStatus.NoDropOut, 0), without);
        }
        // In units of the mean age the parameters are of order 1.
        double unit = customers.Average(customer => customer.Age);
        var likelihood = new BgNbdLikelihood(
            customers.Select(c => c with { Customer = 0, Recency = c.Recency / unit, Age = c.Age / unit, MeanAmount = 0 }));
        var optimum = LogParameterFit.Minimize(likelihood.Loss, new double[4], customers.Count);
        // A density of times in another unit differs by one factor per repeat purchase.
        double logLikelihood = -optimum.Loss - Math.Log(unit) * customers.Sum(c => (double)c.Frequency);
        if (!optimum.Converged || optimum.Parameters[3] > AlikeB)
        {
            return BgNbdEdge.Fit(Failed(EstimationStatus.NotConverged, optimum.Iterations), customers, unit, optimum, logLikelihood, without);
        }
        double[] p = optimum.Parameters, errors = optimum.StandardErrors;
        return new BgNbdFit
        {
            Status = EstimationStatus.Estimated,
            Model = new BgNbdModel(p[0], p[1] * unit, p[2], p[3]),
            StandardErrors = new BgNbdModel(errors[0], errors[1] * unit, errors[2], errors[3]),
            LogLikelihood = logLikelihood,
            Customers = customers.Count,
            Repeaters = repeaters,
            Iterations = optimum.Iterations,
        };

        BgNbdFit Failed(EstimationStatus status, int iterations) => new()
        {
            Status = status,
            Model = null,
            StandardErrors = null,
            LogLikelihood = null,
            Customers = customers.Count,
            Repeaters = repeaters,
            Iterations = iterations,
        };
    }

    /// <summary>
    /// Probability in [0, 1] that the customer is still alive (Fader, Hardie, Lee 2008, note on P(alive)); 1 without a repeat purchase,
    /// because this model drops nobody before one, and without drop-out.
    /// </summary>
    /// <param name="customer">Its summary.</param>
    /// <exception cref="ArgumentException">The summary is outside its ranges.</exception>
    public double ProbabilityAlive(CustomerSummary customer)
    {
        RequireSummary(customer, nameof(customer));
        int x = customer.Frequency;
        return x == 0 || A == 0
            ? 1
            : 1 / (1 + Math.Exp(Math.Log(A / (B + x - 1)) + (R + x) * Math.Log((Alpha + customer.Age) / (Alpha + customer.Recency))));
    }

    /// <summary>Expected purchases of the customer within the next units of time (Fader, Hardie, Lee 2005, equation 10).</summary>
    /// <param name="customer">Its summary.</param>
    /// <param name="horizon">Length of the time ahead, ≥ 0, in units of time.</param>
    /// <exception cref="ArgumentException">The summary or the horizon is outside its range.</exception>
    public double ExpectedPurchases(CustomerSummary customer, double horizon)
    {
        if (A == 0)
        {
            return new NbdModel(R, Alpha).ExpectedPurchases(customer, horizon);
        }
        RequireHorizon(horizon);
        return ProbabilityAlive(customer) * PurchasesAlive(A, B, customer.Frequency, Alpha + customer.Age, horizon);
    }

    /// <summary>Expected repeat purchases of a customer yet unknown, within a time after the first purchase (equation 9).</summary>
    /// <param name="horizon">Length of that time, ≥ 0, in units of time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is negative or not finite.</exception>
    public double ExpectedPurchasesOfNewCustomer(double horizon)
    {
        RequireHorizon(horizon);
        return A == 0 ? new NbdModel(R, Alpha).ExpectedPurchasesOfNewCustomer(horizon) : PurchasesAlive(A, B, 0, Alpha, horizon);
    }

    internal static void RequireSummary(CustomerSummary customer, string name)
    {
        if (!(customer.Frequency >= 0 && customer.Recency >= 0 && customer.Recency <= customer.Age && double.IsFinite(customer.Age)
            && customer.Frequency > 0 == customer.Recency > 0 && customer.MeanAmount >= 0 && double.IsFinite(customer.MeanAmount)))
        {
            throw new ArgumentException(
                $"Customer {customer.Customer} must have a frequency of at least 0, a recency in (0, age], or 0 without a repeat purchase, "
                + "and a finite mean amount of at least 0.",
                name);
        }
    }

    /// <summary>
    /// The expectation given alive. With z = horizon / (scale + horizon), Euler's transformation of the paper's 2F1 leaves parameters that do
    /// not grow with the frequency: (c / (a − 1)) (1 − (1 − z)^(a−1) 2F1(a − 1, a + b − 1 − r; c; z)), c = a + b + x − 1.
    /// </summary>
    private double PurchasesAlive(double a, double b, int x, double scale, double horizon)
    {
        if (Math.Abs(a - 1) < PoleDistance)
        {
            return AcrossPole(a - 1, at => PurchasesAlive(1 + at, b, x, scale, horizon));
        }
        double c = a + b + x - 1;
        if (Math.Abs(c) < PoleDistance)
        {
            return AcrossPole(c, at => PurchasesAlive(a, 1 - a - x + at, x, scale, horizon));
        }
        double z = horizon / (scale + horizon);
        var (value, logScale) = GaussHypergeometric.Scaled(a - 1, a + b - 1 - R, c, z);
        double product = value * Math.Exp(logScale - (a - 1) * Math.Log(1 + horizon / scale));
        return Math.Max(0, c / (a - 1) * (1 - product));
    }

    /// <summary>A smooth function near a removable pole at 0: on the line through points on both sides of it.</summary>
    private static double AcrossPole(double at, Func<double, double> function)
    {
        const double side = 2 * PoleDistance;
        double share = (at + side) / (2 * side);
        return (1 - share) * function(-side) + share * function(side);
    }

    internal static void RequireHorizon(double horizon)
    {
        if (!(horizon >= 0 && double.IsFinite(horizon)))
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "A horizon must be finite and at least 0.");
        }
    }

    internal static double Require(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A parameter must be finite and above 0.");
}
