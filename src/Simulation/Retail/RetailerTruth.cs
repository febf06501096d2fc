using Noah.Simulation.Draws;

namespace Noah.Simulation.Retail;

/// <summary>
/// The known truth of a retailer: what each member would do under each arm. Every probability is that of a two-week window after a mail
/// that arrives at an hour of average attention.
/// </summary>
/// <remarks>
/// Visits are logistic in the attributes and one hidden engagement term; a mail adds log-odds that depend on whether its department is
/// one the member buys from. A purchase needs a visit. Amounts are lognormal, so spend is a zero-inflated lognormal (Wang, Liu, Miao 2019)
/// and the arms move participation only. The constants put the arms' means near those of the Hillstrom data.
/// </remarks>
public sealed class RetailerTruth
{
    /// <summary>Standard deviation of the logarithm of an amount; gives the ratio mean : median = 1.44 of the Hillstrom buyers.</summary>
    internal const double AmountLogDeviation = 0.85;

    private const int Mails = 2;

    private readonly double[] _visitLogOdds;
    private readonly double[] _mailLift;
    private readonly double[] _purchaseLogOdds;
    private readonly double[] _amountLogMean;
    private readonly double[] _openLogOdds;
    private readonly bool[] _affinity;
    private readonly HourHabit[] _habits;

    private RetailerTruth(ulong seed, IReadOnlyList<CustomerAttributes> customers)
    {
        Seed = seed;
        Customers = customers;
        _visitLogOdds = new double[customers.Count];
        _mailLift = new double[customers.Count * Mails];
        _purchaseLogOdds = new double[customers.Count];
        _amountLogMean = new double[customers.Count];
        _openLogOdds = new double[customers.Count];
        _affinity = new bool[customers.Count * Mails];
        _habits = new HourHabit[customers.Count];
        for (var member = 0; member < customers.Count; member++)
        {
            Fill(member, customers[member]);
        }
    }

    /// <summary>Seed of the hidden terms.</summary>
    public ulong Seed { get; }

    /// <summary>Number of members.</summary>
    public int MemberCount => Customers.Count;

    internal IReadOnlyList<CustomerAttributes> Customers { get; }

    /// <summary>
    /// An assumed truth over given customers, such as those of a file: same functions of the attributes, hidden terms drawn by the seed.
    /// </summary>
    /// <param name="seed">Seed of the hidden terms; any value.</param>
    /// <param name="customers">Attributes per member; may be empty.</param>
    /// <returns>A truth whose member index is the index into <paramref name="customers"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customers"/> or one of its elements is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A history is not a positive finite number.</exception>
    public static RetailerTruth ForCustomers(ulong seed, IReadOnlyList<CustomerAttributes> customers)
    {
        ArgumentNullException.ThrowIfNull(customers);
        foreach (var customer in customers)
        {
            ArgumentNullException.ThrowIfNull(customer, nameof(customers));
            if (!(customer.History > 0 && double.IsFinite(customer.History)))
            {
                throw new ArgumentOutOfRangeException(nameof(customers), customer.History, "History must be in (0, ∞).");
            }
        }
        return new RetailerTruth(seed, customers);
    }

    /// <summary>P(visit | arm) in the outcome window, in (0, 1).</summary>
    /// <param name="member">Member index in [0, <see cref="MemberCount"/>).</param>
    /// <param name="arm">Arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">Index or arm out of range.</exception>
    public double VisitProbability(int member, CampaignArm arm) => VisitProbability(member, arm, liftFactor: 1);

    /// <summary>P(purchase | arm) in the outcome window, in (0, 1): visit and purchase.</summary>
    /// <param name="member">Member index in [0, <see cref="MemberCount"/>).</param>
    /// <param name="arm">Arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">Index or arm out of range.</exception>
    public double ConversionProbability(int member, CampaignArm arm) =>
        VisitProbability(member, arm) * PurchaseGivenVisit(member, arm);

    /// <summary>E[spend | arm] in the outcome window, in the retailer's currency, &gt; 0; non-buyers count as 0.</summary>
    /// <param name="member">Member index in [0, <see cref="MemberCount"/>).</param>
    /// <param name="arm">Arm.</param>
    /// <exception cref="ArgumentOutOfRangeException">Index or arm out of range.</exception>
    public double ExpectedSpend(int member, CampaignArm arm) => ConversionProbability(member, arm) * ExpectedAmount(member);

    /// <summary>A member's attention at a local hour relative to the mean of the day; &gt; 0, mean 1 over the 24 hours.</summary>
    /// <param name="member">Member index in [0, <see cref="MemberCount"/>).</param>
    /// <param name="localHour">Hour of the member's local day, in [0, 23].</param>
    /// <exception cref="ArgumentOutOfRangeException">Index or hour out of range.</exception>
    public double HourFactor(int member, int localHour)
    {
        CheckMember(member);
        if (localHour is < 0 or > 23)
        {
            throw new ArgumentOutOfRangeException(nameof(localHour), localHour, "The local hour must be in [0, 23].");
        }

        return _habits[member].Factor(localHour);
    }

    internal double VisitProbability(int member, CampaignArm arm, double liftFactor)
    {
        CheckMember(member);
        CheckArm(arm);
        var lift = arm == CampaignArm.None ? 0 : _mailLift[member * Mails + (int)arm - 1];
        return Logistic(_visitLogOdds[member] + lift * liftFactor);
    }

    internal double PurchaseGivenVisit(int member, CampaignArm arm) =>
        Logistic(_purchaseLogOdds[member] + (HasAffinity(member, arm) ? 0.35 : 0));

    internal double ExpectedAmount(int member) =>
        Math.Exp(_amountLogMean[member] + AmountLogDeviation * AmountLogDeviation / 2);

    internal double DrawAmount(int member, ref RandomStream draws) =>
        Math.Max(0.01, Math.Round(Math.Exp(_amountLogMean[member] + AmountLogDeviation * draws.NextNormal()), 2));

    internal double OpenLogOdds(int member) => _openLogOdds[member];

    internal bool HasAffinity(int member, CampaignArm arm) =>
        arm != CampaignArm.None && _affinity[member * Mails + (int)arm - 1];

    internal HourHabit Habit(int member) => _habits[member];

    internal static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    internal void CheckMember(int member)
    {
        if ((uint)member >= (uint)MemberCount)
        {
            throw new ArgumentOutOfRangeException(nameof(member), member, $"The member must be in [0, {MemberCount}).");
        }
    }

    internal static void CheckArm(CampaignArm arm)
    {
        if (arm is < CampaignArm.None or > CampaignArm.WomensEmail)
        {
            throw new ArgumentOutOfRangeException(nameof(arm), arm, "The arm must be None, MensEmail or WomensEmail.");
        }
    }

    private void Fill(int member, CustomerAttributes customer)
    {
        var draws = new RandomStream(Seed, StreamPurpose.Latent, member);
        var engagement = draws.NextNormal();
        _habits[member] = HourHabit.Draw(ref draws);

        var logHistory = Math.Log(customer.History / 158);
        var online = customer.Channel != "Phone" ? 1 : 0;
        _visitLogOdds[member] = -2.19 + (customer is { Mens: true, Womens: true } ? 0.55 : 0) - 0.06 * (customer.Recency - 6)
            - (customer.Newbie ? 0.45 : 0) + 0.25 * online + 0.1 * logHistory + 0.4 * engagement;
        _affinity[member * Mails] = customer.Mens;
        _affinity[member * Mails + 1] = customer.Womens;
        _mailLift[member * Mails] = (customer.Mens ? 0.90 : 0.25) + 0.10 * online;
        _mailLift[member * Mails + 1] = (customer.Womens ? 0.70 : -0.05) + 0.10 * online;
        _purchaseLogOdds[member] = -2.9 + 0.15 * logHistory;
        _amountLogMean[member] = Math.Log(80) + 0.12 * logHistory;
        _openLogOdds[member] = -1.1 + 0.6 * engagement + 0.2 * online;
    }
}
