using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Imports;

/// <summary>The faults of one run: every one is counted, the first ten thousand are kept for the marketer to mend.</summary>
internal sealed class ImportErrorLog(NoahDbContext db, Guid importId)
{
    public const int Capacity = 10_000;
    private const int MaximumMessageLength = 500;

    private readonly List<RowFault> _pending = [];

    public long Count { get; private set; }

    public void Add(RowFault fault)
    {
        if (Count++ < Capacity)
        {
            _pending.Add(fault);
        }
    }

    /// <summary>Stores what was added since the last call, on the caller's transaction.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count == 0)
        {
            return;
        }

        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO import_errors (tenant_id, import_id, line, "column", code, message)
            SELECT noah_tenant(), $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[])
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = importId },
                new() { Value = _pending.Select(f => f.Line).ToArray() },
                new() { Value = _pending.Select(f => f.Column).ToArray() },
                new() { Value = _pending.Select(f => f.Code).ToArray() },
                new() { Value = _pending.Select(f => f.Message[..Math.Min(f.Message.Length, MaximumMessageLength)]).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        _pending.Clear();
    }
}
