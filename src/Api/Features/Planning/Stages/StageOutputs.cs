namespace Noah.Api.Features.Planning.Stages;

/// <summary>Everything the stages of a run came to.</summary>
/// <param name="Eligibility">Who may be sent what.</param>
/// <param name="Scores">What a send is worth.</param>
/// <param name="Allocation">Who is sent what.</param>
/// <param name="Content">Which wording each send carries.</param>
/// <param name="SendTime">When each send is due.</param>
/// <param name="Frontier">What other bounds would come to; null for runs that were solved before it was computed.</param>
internal sealed record StageOutputs(
    EligibilityOutput Eligibility, ScoresOutput Scores, AllocationOutput Allocation, ContentOutput Content, SendTimeOutput SendTime, FrontierOutput? Frontier = null)
{
    private HashSet<Guid>? _reached;

    /// <summary>Whether the plan addresses the member's account, through this member or another.</summary>
    public bool ReachesAccountOf(int member) => Eligibility.AccountIds is { } accounts
        && (_reached ??= [.. Enumerable.Range(0, accounts.Length).Where(m => Allocation.Choices[m] != AllocationOutput.NoSend).Select(m => accounts[m])]).Contains(accounts[member]);

    /// <summary>Expected cost of addressing a member with a campaign, to a hundredth of a cent as money is kept.</summary>
    public decimal Cost(int member, int campaign) => Scores.Costs is { } costs
        ? Math.Round((decimal)costs[(member * Eligibility.Campaigns.Length) + campaign], 4)
        : Eligibility.Campaigns[campaign].CostPerSend;

    /// <summary>Whether the plan could have chosen the campaign for the member: of an account, the contact only.</summary>
    public bool Offers(int member, int campaign) =>
        Eligibility.Allows(member, campaign) && (Allocation.Contacts is not { } contacts || (contacts[member] >> campaign & 1) != 0);
}
