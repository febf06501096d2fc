using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Imports;

/// <summary>Which identifiers the file has shown so far: a temporary table, so that a file of any length needs no memory here.</summary>
internal sealed class SeenKeys(NoahDbContext db)
{
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "CREATE TEMP TABLE IF NOT EXISTS import_seen (key text PRIMARY KEY, line bigint); TRUNCATE import_seen",
            await db.OpenConnectionAsync(cancellationToken));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The lines whose key is shown for the first time.</summary>
    public async Task<HashSet<long>> AddAsync(IEnumerable<string> keys, IEnumerable<long> lines, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO import_seen SELECT * FROM unnest($1::text[], $2::bigint[]) ON CONFLICT DO NOTHING RETURNING line",
            await db.OpenConnectionAsync(cancellationToken))
        {
            Parameters = { new() { Value = keys.ToArray() }, new() { Value = lines.ToArray() } },
        };
        var first = new HashSet<long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            first.Add(reader.GetInt64(0));
        }

        return first;
    }
}
