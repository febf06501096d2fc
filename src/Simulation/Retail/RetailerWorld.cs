namespace Noah.Simulation.Retail;

/// <summary>
/// A simulated retailer with known truth, in the shape of the Hillstrom e-mail challenge: customers, their past year, and a randomised
/// campaign with three arms and its outcomes.
/// </summary>
public sealed class RetailerWorld
{
    private readonly RetailZone[] _zones;

    private RetailerWorld(
        RetailerOptions options,
        IReadOnlyList<RetailerMember> members,
        RetailZone[] zones,
        IReadOnlyList<PastEvent> history,
        IReadOnlyList<CampaignObservation> campaign,
        RetailerTruth truth)
    {
        Options = options;
        Members = members;
        _zones = zones;
        History = history;
        Campaign = campaign;
        Truth = truth;
    }

    /// <summary>The options, seed included, that gave this world.</summary>
    public RetailerOptions Options { get; }

    /// <summary>The customers; the index of a member is its position here.</summary>
    public IReadOnlyList<RetailerMember> Members { get; }

    /// <summary>Opens of the past half year and purchases of the past year, by member, then by time.</summary>
    public IReadOnlyList<PastEvent> History { get; }

    /// <summary>The past campaign: one row a member, in the members' order.</summary>
    public IReadOnlyList<CampaignObservation> Campaign { get; }

    /// <summary>What each member would do under each arm.</summary>
    public RetailerTruth Truth { get; }

    /// <summary>Generates a retailer. The same options give the same world; a member does not depend on how many follow it.</summary>
    /// <param name="options">Seed and size.</param>
    /// <returns>The world; about 10 events a member.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its interval.</exception>
    public static RetailerWorld Generate(RetailerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        var zones = new RetailZone[options.Customers];
        var members = new RetailerMember[options.Customers];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = CustomerDraw.Member(options, index, out zones[index]);
        }

        var truth = RetailerTruth.ForCustomers(options.Seed, Array.ConvertAll(members, member => member.Attributes));
        var history = new List<PastEvent>(members.Length * 12);
        var campaign = new CampaignObservation[members.Length];
        for (var index = 0; index < members.Length; index++)
        {
            HistoryDraw.Append(history, options, truth, zones[index], index);
            campaign[index] = CampaignDraw.Observation(options, truth, zones[index], index);
        }
        return new RetailerWorld(options, members, zones, history, campaign, truth);
    }

    /// <summary>The local time of a member at an instant.</summary>
    /// <param name="member">Index into <see cref="Members"/>.</param>
    /// <param name="instant">Instant.</param>
    /// <returns>Local date and time, kind unspecified.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="member"/> is outside [0, number of members).</exception>
    public DateTime LocalTime(int member, DateTimeOffset instant)
    {
        Truth.CheckMember(member);
        return _zones[member].ToLocal(instant);
    }
}
