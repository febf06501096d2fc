namespace Noah.Api.Features.Members.Contracts;

/// <summary>Finds members and accounts by the tenant's own identifiers. Those that do not exist are absent.</summary>
internal interface IMemberDirectory
{
    Task<IReadOnlyDictionary<string, Guid>> FindMembersAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<string, Guid>> FindAccountsAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken);
}
