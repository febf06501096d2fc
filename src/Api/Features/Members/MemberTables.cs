using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class MemberTables(NoahDbContext db, IMemberSchema schema, ITenantSettings settings) : IMemberTables
{
    public Task<MemberTable> ReadAsync(IReadOnlyCollection<Guid>? memberIds, CancellationToken cancellationToken) => memberIds is null
        ? ReadAsync("", null, cancellationToken)
        : ReadAsync(" WHERE id = ANY ($1)", memberIds.ToArray(), cancellationToken);

    public Task<MemberTable> SampleAsync(int most, CancellationToken cancellationToken) =>
        ReadAsync(" WHERE id IN (SELECT id FROM members ORDER BY uuid_hash_extended(id, 0) LIMIT $1)", most, cancellationToken);

    private async Task<MemberTable> ReadAsync(string filter, object? parameter, CancellationToken cancellationToken)
    {
        var tenant = await settings.GetAsync(cancellationToken);
        var specs = await schema.ReadAsync(cancellationToken);
        var builder = new MemberTableBuilder(specs.Values, tenant.TimeZone);
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"SELECT id, time_zone, attributes FROM members{filter} ORDER BY id", connection);
        if (parameter is not null)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            builder.Add(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetString(2));
        }

        return builder.Take();
    }
}
