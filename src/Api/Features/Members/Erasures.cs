using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class Erasures(NoahDbContext db) : IErasures
{
    private static readonly string Erased =
        $"""
        SELECT m.id FROM members m WHERE m.id = ANY ($1) AND m.email IS NOT NULL AND EXISTS (
            SELECT FROM suppressions s WHERE s.address_hash = {AddressHash.Sql("m.email")} AND s.reason = '{nameof(SuppressionReason.Erasure)}')
        """;

    public async Task<IReadOnlySet<Guid>> FindAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Erased, connection) { Parameters = { new() { Value = memberIds.ToArray() } } };
        var erased = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            erased.Add(reader.GetGuid(0));
        }

        return erased;
    }
}
