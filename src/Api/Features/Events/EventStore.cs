using Noah.Api.Features.Events.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Events;

/// <summary>Stores events once per client event id, on the caller's transaction.</summary>
internal sealed class EventStore(NoahDbContext db, TimeProvider clock)
{
    // The function takes a lock that lasts to the end of the transaction, so it is called only for months that lack a partition.
    private const string Partitions =
        """
        SELECT noah_ensure_event_partitions(month, month) FROM unnest($1) AS month
        WHERE to_regclass('public.events_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM')) IS NULL
        """;

    // Keys are taken in order, so that two batches with the same ids wait for each other instead of deadlocking.
    private const string Insert =
        """
        WITH incoming AS (
            SELECT DISTINCT ON (event_id) *
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY
                AS e (event_id, member_id, type, occurred_at, amount, product_id, send_id, position)
            ORDER BY event_id, position),
        fresh AS (
            INSERT INTO event_keys (tenant_id, event_id) SELECT noah_tenant(), event_id FROM incoming ORDER BY event_id
            ON CONFLICT DO NOTHING RETURNING event_id),
        stored AS (
            INSERT INTO events (tenant_id, event_id, member_id, type, occurred_at, received_at, amount, product_id, send_id)
            SELECT noah_tenant(), event_id, member_id, type, occurred_at, $8, amount, product_id, send_id FROM incoming JOIN fresh USING (event_id))
        SELECT event_id FROM fresh
        """;

    /// <summary>The event ids that were new; the first of equal ones counts.</summary>
    public async Task<IReadOnlySet<string>> InsertAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await EnsurePartitionsAsync(connection, events, cancellationToken);
        await using var command = new NpgsqlCommand(Insert, connection);
        Add(command, NpgsqlDbType.Text, events.Select(e => e.EventId));
        Add(command, NpgsqlDbType.Uuid, events.Select(e => e.MemberId));
        Add(command, NpgsqlDbType.Text, events.Select(e => e.Type));
        Add(command, NpgsqlDbType.TimestampTz, events.Select(e => e.OccurredAt.UtcDateTime));
        Add(command, NpgsqlDbType.Numeric, events.Select(e => e.Amount));
        Add(command, NpgsqlDbType.Uuid, events.Select(e => e.ProductId));
        Add(command, NpgsqlDbType.Uuid, events.Select(e => e.SendId));
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        var fresh = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            fresh.Add(reader.GetString(0));
        }

        return fresh;
    }

    private static async Task EnsurePartitionsAsync(NpgsqlConnection connection, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Partitions, connection);
        Add(command, NpgsqlDbType.TimestampTz, events
            .Select(e => new DateTime(e.OccurredAt.UtcDateTime.Year, e.OccurredAt.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc)).Distinct().Order());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new NpgsqlParameter { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
