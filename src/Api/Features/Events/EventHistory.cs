using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Events;

internal sealed class EventHistory(NoahDbContext db, EventStore store, ITenantSettings settings) : IEventHistory
{
    // A zone that the database does not know would fail the whole query: its members count as being on UTC.
    private const string HoursOfDays =
        """
        WITH zones AS MATERIALIZED (SELECT name FROM pg_timezone_names),
        local AS (
            SELECT asked.id, extract(hour FROM e.occurred_at AT TIME ZONE coalesce(z.name, 'UTC'))::int AS hour
            FROM events e
            JOIN members m ON m.id = e.member_id
            LEFT JOIN unnest($5) AS asked (id) ON asked.id = e.member_id
            LEFT JOIN zones z ON z.name = coalesce(m.time_zone, $4)
            WHERE e.type = ANY ($1) AND e.occurred_at >= $2 AND e.occurred_at < $3)
        SELECT id, hour, count(*)::int FROM local GROUP BY id, hour
        """;

    // The earliest start and the latest end are given once more by themselves: they prune the partitions, which a join can't.
    private const string OutcomesBetween =
        """
        SELECT e.member_id, count(*)::int, coalesce(sum(e.amount), 0)
        FROM unnest($1, $2, $3) AS own (member_id, start, stop)
        JOIN events e ON e.member_id = own.member_id AND e.occurred_at >= own.start AND e.occurred_at < own.stop
        WHERE e.type = $4 AND e.occurred_at >= $5 AND e.occurred_at < $6
        GROUP BY e.member_id
        """;

    public Task<IReadOnlyDictionary<Guid, MemberOutcome>> OutcomesAsync(
        string type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadOutcomesAsync(
            """
            SELECT member_id, count(*)::int, coalesce(sum(amount), 0) FROM events
            WHERE type = $1 AND occurred_at >= $2 AND occurred_at < $3 GROUP BY member_id
            """,
            cancellationToken, type, from.ToUniversalTime(), to.ToUniversalTime());

    public async Task<IReadOnlyDictionary<Guid, MemberOutcome>> OutcomesBetweenAsync(
        string type, IReadOnlyList<Guid> memberIds, IReadOnlyList<DateTimeOffset> starts, IReadOnlyList<DateTimeOffset> ends, CancellationToken cancellationToken) =>
        memberIds.Count == 0
            ? new Dictionary<Guid, MemberOutcome>()
            : await ReadOutcomesAsync(
                OutcomesBetween, cancellationToken, memberIds.ToArray(), starts.Select(start => start.UtcDateTime).ToArray(),
                ends.Select(end => end.UtcDateTime).ToArray(), type, starts.Min().UtcDateTime, ends.Max().UtcDateTime);

    public async Task<LocalHours> LocalHourCountsAsync(
        IReadOnlyCollection<string> types, IReadOnlyCollection<Guid> memberIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var tenant = await settings.GetAsync(cancellationToken);
        var (everybody, members) = (new int[24], new Dictionary<Guid, int[]>());
        await using var reader = await QueryAsync(
            HoursOfDays, cancellationToken, types.ToArray(), from.ToUniversalTime(), to.ToUniversalTime(), tenant.TimeZone, memberIds.Distinct().ToArray());
        while (await reader.ReadAsync(cancellationToken))
        {
            var (hour, count) = (reader.GetInt32(1), reader.GetInt32(2));
            everybody[hour] += count;
            if (!reader.IsDBNull(0))
            {
                var member = reader.GetGuid(0);
                members.TryAdd(member, new int[24]);
                members[member][hour] = count;
            }
        }

        return new LocalHours(everybody, members);
    }

    public async Task<IReadOnlyDictionary<Guid, int>> CountsBySendAsync(string type, IReadOnlyCollection<Guid> sendIds, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<Guid, int>();
        await using var reader = await QueryAsync(
            "SELECT send_id, count(*)::int FROM events WHERE type = $1 AND send_id = ANY ($2) GROUP BY send_id",
            cancellationToken, type, sendIds.ToArray());
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(reader.GetGuid(0), reader.GetInt32(1));
        }

        return counts;
    }

    public async Task<int> RecordAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) =>
        (await store.InsertAsync(events, cancellationToken)).Count;

    private async Task<IReadOnlyDictionary<Guid, MemberOutcome>> ReadOutcomesAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        var outcomes = new Dictionary<Guid, MemberOutcome>();
        await using var reader = await QueryAsync(sql, cancellationToken, values);
        while (await reader.ReadAsync(cancellationToken))
        {
            outcomes.Add(reader.GetGuid(0), new MemberOutcome(reader.GetInt32(1), reader.GetDecimal(2)));
        }

        return outcomes;
    }

    private async Task<NpgsqlDataReader> QueryAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteReaderAsync(cancellationToken);
    }
}
