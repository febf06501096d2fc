using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Members;

internal sealed class MemberWriter(NoahDbContext db, TimeProvider clock) : IMemberWriter
{
    private const string Stage =
        """
        CREATE TEMP TABLE IF NOT EXISTS staged_members (
            id uuid, consent_id uuid, external_id text, account_id uuid, email text, time_zone text, attributes jsonb, consents boolean)
        ON COMMIT DELETE ROWS;
        TRUNCATE staged_members
        """;

    private const string Upsert =
        """
        INSERT INTO members (tenant_id, id, external_id, account_id, email, time_zone, attributes, created_at, updated_at)
        SELECT noah_tenant(), id, external_id, account_id, email, time_zone, attributes, $1, $1 FROM staged_members
        ON CONFLICT (tenant_id, external_id) DO UPDATE SET
            account_id = coalesce(excluded.account_id, members.account_id),
            email = coalesce(excluded.email, members.email),
            time_zone = coalesce(excluded.time_zone, members.time_zone),
            attributes = members.attributes || excluded.attributes,
            updated_at = excluded.updated_at
        """;

    private static readonly string Consent =
        $"""
        INSERT INTO consents (tenant_id, id, member_id, channel, topic, state, source, occurred_at, recorded_at)
        SELECT noah_tenant(), s.consent_id, m.id, $1, $2, '{nameof(ConsentState.Granted)}', $3, $4, $4
        FROM staged_members s JOIN members m ON m.external_id = s.external_id
        WHERE s.consents
            AND NOT EXISTS (SELECT FROM consents c WHERE c.member_id = m.id AND c.channel = $1 AND c.topic = $2)
            AND NOT EXISTS (
                SELECT FROM suppressions x
                WHERE x.channel = $1 AND (x.topic IS NULL OR x.topic = $2) AND x.address_hash = {AddressHash.Sql("m.email")})
        """;

    public async Task UpsertAsync(IReadOnlyList<MemberRow> members, ConsentGrant? consent, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, Stage, [], cancellationToken);
        await StageAsync(connection, members, cancellationToken);
        await ExecuteAsync(connection, Upsert, [clock.GetUtcNow()], cancellationToken);
        if (consent is not null)
        {
            await ExecuteAsync(connection, Consent, [consent.Channel, consent.Topic, consent.Source, consent.At], cancellationToken);
        }
    }

    private static async Task StageAsync(NpgsqlConnection connection, IReadOnlyList<MemberRow> members, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY staged_members FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var member in members)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(member.ExternalId, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(member.AccountId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(member.Email, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(member.TimeZone, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(member.Attributes, NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(member.Consents, NpgsqlDbType.Boolean, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
