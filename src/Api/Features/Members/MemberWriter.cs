using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Members;

internal sealed class MemberWriter(NoahDbContext db, ITenantSettings tenant, TimeProvider clock) : IMemberWriter
{
    // Arrays instead of COPY: row-level security refuses it.
    private static readonly string Upsert =
        $"""
        WITH staged AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
                AS s (id, consent_id, external_id, account_id, email, time_zone, attributes, consents)),
        stored AS (
            INSERT INTO members (tenant_id, id, external_id, account_id, email, time_zone, attributes, created_at, updated_at)
            SELECT noah_tenant(), id, external_id, account_id, email, time_zone, attributes, $9, $9 FROM staged ORDER BY external_id
            ON CONFLICT (tenant_id, external_id) DO UPDATE SET
                account_id = coalesce(excluded.account_id, members.account_id),
                email = coalesce(excluded.email, members.email),
                time_zone = coalesce(excluded.time_zone, members.time_zone),
                attributes = members.attributes || excluded.attributes,
                updated_at = excluded.updated_at
            RETURNING id, external_id, email)
        INSERT INTO consents (tenant_id, id, member_id, channel, topic, state, source, occurred_at, recorded_at)
        SELECT noah_tenant(), staged.consent_id, m.id, $10, $11, '{nameof(ConsentState.Granted)}', $12, $13, $9
        FROM staged JOIN stored m USING (external_id)
        WHERE staged.consents
            AND NOT EXISTS (SELECT FROM consents c WHERE c.member_id = m.id AND c.channel = $10 AND c.topic = $11)
            AND NOT EXISTS (
                SELECT FROM suppressions x
                WHERE x.channel = $10 AND (x.topic IS NULL OR x.topic = $11) AND x.address_hash = {AddressHash.Sql("m.email")})
        """;

    public async Task UpsertAsync(IReadOnlyList<MemberRow> members, ConsentGrant? consent, CancellationToken cancellationToken)
    {
        var salt = (await tenant.GetAsync(cancellationToken)).Salt;
        await using var command = new NpgsqlCommand(Upsert, await db.OpenConnectionAsync(cancellationToken));
        Add(NpgsqlDbType.Uuid, m => MemberIdentity.Of(salt, m.ExternalId));
        Add(NpgsqlDbType.Uuid, _ => Guid.CreateVersion7());
        Add(NpgsqlDbType.Text, m => m.ExternalId);
        Add(NpgsqlDbType.Uuid, m => m.AccountId);
        Add(NpgsqlDbType.Text, m => m.Email);
        Add(NpgsqlDbType.Text, m => m.TimeZone);
        Add(NpgsqlDbType.Jsonb, m => m.Attributes);
        Add(NpgsqlDbType.Boolean, m => consent is not null && m.Consents);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = consent?.Channel });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = consent?.Topic });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = consent?.Source });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = consent?.At ?? default });
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<MemberRow, T> column) =>
            command.Parameters.Add(new NpgsqlParameter { Value = members.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
