using System.Runtime.CompilerServices;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Events;

internal sealed class EventStream(NoahDbContext db) : IEventStream
{
    // The bound stands by itself, so that it prunes the partitions.
    private const string Select =
        """
        SELECT member_id, type, occurred_at, amount, product_id FROM events
        WHERE occurred_at >= $1 AND occurred_at <= $2 AND ($3::text[] IS NULL OR type = ANY ($3))
        """;

    public async IAsyncEnumerable<LoggedEvent> ReadAsync(
        DateTimeOffset? from, DateTimeOffset to, IReadOnlyCollection<string>? types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Select, await db.OpenConnectionAsync(cancellationToken));
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = (from ?? DateTimeOffset.UnixEpoch.AddYears(-70)).UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = to.UtcDateTime });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = types is null ? DBNull.Value : types.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new LoggedEvent(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.IsDBNull(3) ? null : reader.GetDecimal(3),
                reader.IsDBNull(4) ? null : reader.GetGuid(4));
        }
    }
}
