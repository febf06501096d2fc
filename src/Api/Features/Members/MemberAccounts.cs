using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class MemberAccounts(NoahDbContext db) : IMemberAccounts
{
    public async Task<IReadOnlyDictionary<Guid, Guid>> ReadAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT id, account_id FROM members WHERE id = ANY ($1) AND account_id IS NOT NULL", connection)
        {
            Parameters = { new() { Value = memberIds.ToArray() } },
        };
        var accounts = new Dictionary<Guid, Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            accounts.Add(reader.GetGuid(0), reader.GetGuid(1));
        }

        return accounts;
    }
}
