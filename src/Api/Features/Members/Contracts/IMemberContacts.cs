namespace Noah.Api.Features.Members.Contracts;

/// <summary>Addresses and attributes for rendering. The only reader of personal data outside the member resources.</summary>
internal interface IMemberContacts
{
    Task<IReadOnlyDictionary<Guid, MemberContact>> ReadAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken);
}

/// <summary>Where to reach a member, and the attribute values that templates may name.</summary>
internal sealed record MemberContact(Guid MemberId, string? Email, string TimeZone, IReadOnlyDictionary<string, object?> Attributes);
