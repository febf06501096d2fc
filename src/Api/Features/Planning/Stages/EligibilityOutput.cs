namespace Noah.Api.Features.Planning.Stages;

/// <summary>Who may be sent what.</summary>
/// <param name="Campaigns">The campaigns, by id; their place is their index from here on.</param>
/// <param name="MemberIds">Members with at least one campaign left, ascending; their place is their index from here on.</param>
/// <param name="Masks">One bit per campaign, one word a member.</param>
/// <param name="Zones">IANA zones that occur.</param>
/// <param name="ZoneIndex">Index into <paramref name="Zones"/>, one a member.</param>
/// <param name="Total">Members left after each step, over all campaigns.</param>
/// <param name="PerCampaign">The same, one a campaign.</param>
/// <param name="AccountIds">Account of each member when accounts are what is planned for; null otherwise.</param>
internal sealed record EligibilityOutput(
    PlanCampaign[] Campaigns,
    Guid[] MemberIds,
    uint[] Masks,
    string[] Zones,
    int[] ZoneIndex,
    EligibilityCounts Total,
    EligibilityCounts[] PerCampaign,
    Guid[]? AccountIds = null)
{
    /// <summary>Bits of a mask.</summary>
    public const int MostCampaigns = 32;

    public bool Allows(int member, int campaign) => (Masks[member] >> campaign & 1) != 0;

    /// <summary>What is decided for: the member's account, or the member.</summary>
    public Guid UnitOf(int member) => AccountIds?[member] ?? MemberIds[member];

    public int EligibleFor(int campaign) => PerCampaign[campaign].AfterHoldout;
}

/// <summary>Members left after each step, and why the consent step lost those it lost. Those with an account are counted where accounts are planned for.</summary>
internal sealed record EligibilityCounts(
    int Audience, int AfterConsent, int AfterCap, int AfterHoldout, SortedDictionary<string, int> Blocked, int? WithAccount = null);
