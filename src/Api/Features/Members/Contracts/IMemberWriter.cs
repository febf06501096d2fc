namespace Noah.Api.Features.Members.Contracts;

/// <summary>Stores members in bulk.</summary>
internal interface IMemberWriter
{
    /// <summary>
    /// Inserts or merges a batch, by external id, on the caller's transaction; external ids must be distinct within it. What a row leaves
    /// null is kept, and its attributes are laid over those present. Consent is recorded only for members who have never said anything
    /// on the channel and topic and whose address is not suppressed: a file can't take back a withdrawal.
    /// </summary>
    Task UpsertAsync(IReadOnlyList<MemberRow> members, ConsentGrant? consent, CancellationToken cancellationToken);
}

/// <summary>One member of a file.</summary>
/// <param name="ExternalId">The tenant's identifier.</param>
/// <param name="Email">Checked by <see cref="EmailAddress"/>.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="AccountId">An account that exists.</param>
/// <param name="Attributes">A JSON object of declared attributes.</param>
/// <param name="Consents">Whether the grant that goes with the batch holds for this member.</param>
internal sealed record MemberRow(string ExternalId, string? Email, string? TimeZone, Guid? AccountId, string Attributes, bool Consents);

/// <summary>A consent that an import declares, with where it was given.</summary>
internal sealed record ConsentGrant(string Channel, string Topic, string Source, DateTimeOffset At);
