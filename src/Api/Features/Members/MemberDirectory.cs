using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal sealed class MemberDirectory(NoahDbContext db) : IMemberDirectory
{
    public async Task<IReadOnlyDictionary<string, Guid>> FindMembersAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        var ids = externalIds.ToArray();
        return await db.Set<Member>().Where(m => ids.Contains(m.ExternalId))
            .Select(m => new { m.ExternalId, m.Id }).ToDictionaryAsync(m => m.ExternalId, m => m.Id, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, Guid>> FindAccountsAsync(IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken)
    {
        var ids = externalIds.ToArray();
        return await db.Set<Account>().Where(a => ids.Contains(a.ExternalId))
            .Select(a => new { a.ExternalId, a.Id }).ToDictionaryAsync(a => a.ExternalId, a => a.Id, cancellationToken);
    }
}
