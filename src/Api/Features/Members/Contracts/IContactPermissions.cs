namespace Noah.Api.Features.Members.Contracts;

/// <summary>The one place that knows whether a member may be contacted. Plans ask it, and the claim of a send asks it again.</summary>
internal interface IContactPermissions
{
    /// <summary>
    /// The members who may not be contacted on this channel and topic, each with the reason; whoever is absent may. Checked in this
    /// order: <c>invalidAddress</c>, <c>suppressed</c>, <c>noConsent</c>; on the paid channel, which needs neither address nor consent,
    /// <c>suppressed</c>, <c>objected</c>. Runs on the caller's transaction.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, string>> BlockedAsync(
        string channel, string topic, IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken);

    /// <summary>Records a withdrawal and suppresses the address for the topic, in the caller's unit of work. Repeating it changes nothing.</summary>
    Task WithdrawAsync(Guid memberId, string channel, string topic, string source, CancellationToken cancellationToken);
}
