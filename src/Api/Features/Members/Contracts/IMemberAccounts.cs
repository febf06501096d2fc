namespace Noah.Api.Features.Members.Contracts;

/// <summary>Which account each member belongs to.</summary>
internal interface IMemberAccounts
{
    /// <summary>Account by member, of those members named that have one.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> ReadAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken);
}
