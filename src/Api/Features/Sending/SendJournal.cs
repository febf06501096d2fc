using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Sending;

/// <summary>
/// Every change that a worker makes to a line it claimed, each under the fence of the claim: a worker that slept past its lease, and
/// whose lines were claimed again, changes nothing when it wakes.
/// </summary>
internal sealed class SendJournal(NoahDbContext db)
{
    /// <summary>Renewed when a group is cleared and when a mail is begun; longer than any one mail may take, and how long a lost worker is waited for.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>With waits of 5 or 10 s that double up to 10 minutes these take about three hours.</summary>
    private const int MaxAttempts = 24;

    private const int ReferenceLength = 300;

    private const string EndSql =
        """
        UPDATE sends s SET
            state = CASE WHEN o.state = 'Deferred' AND s.attempts >= $7 THEN 'Failed' ELSE o.state END,
            reason = o.reason,
            provider_reference = coalesce(o.reference, s.provider_reference),
            handed_over_at = o.handed_over_at,
            hand_over_started_at = CASE WHEN o.state IN ('HandedOver', 'Unknown') THEN s.hand_over_started_at END,
            retry_at = CASE WHEN o.state = 'Deferred' THEN now() + least(interval '10 minutes', interval '5 seconds' * 2 ^ least(s.attempts, 10)) END,
            attempts = s.attempts + CASE WHEN o.state = 'Deferred' AND s.hand_over_started_at IS NULL THEN 1 ELSE 0 END,
            lease_until = NULL
        FROM unnest($1, $2, $3, $4, $5, $6) AS o (id, fence, state, reason, reference, handed_over_at)
        WHERE s.id = o.id AND s.fence = o.fence AND s.state IN ('Claimed', 'Unknown')
        """;

    private const string BeginSql =
        """
        UPDATE sends SET hand_over_started_at = $3, attempts = attempts + 1, lease_until = now() + $4
        WHERE id = $1 AND fence = $2 AND state = 'Claimed' AND cleared_at IS NOT NULL AND hand_over_started_at IS NULL AND lease_until > now()
        """;

    private const string ClearSql =
        """
        UPDATE sends s SET cleared_at = $4, address_hash = c.address_hash, lease_until = now() + $5
        FROM unnest($1, $2, $3) AS c (id, fence, address_hash) WHERE s.id = c.id AND s.fence = c.fence
        """;

    /// <summary>Locks those that are still under this claim and untouched; a row that somebody else holds is left to them.</summary>
    public async Task<IReadOnlyList<Send>> LockAsync(IReadOnlyList<ClaimedSend> claimed, CancellationToken cancellationToken)
    {
        var fences = claimed.ToDictionary(send => send.Id, send => send.Fence);
        var rows = await db.Set<Send>().FromSql(
            $"""
            SELECT * FROM sends WHERE id = ANY({fences.Keys.ToArray()}) AND state = 'Claimed' AND cleared_at IS NULL AND lease_until > now()
            ORDER BY id FOR UPDATE SKIP LOCKED
            """).AsNoTracking().ToListAsync(cancellationToken);
        return [.. rows.Where(send => send.Fence == fences[send.Id]).OrderBy(send => send.DueAt).ThenBy(send => send.Id)];
    }

    /// <summary>Notes that these were found allowed, and under which address, in the transaction that looked.</summary>
    public async Task ClearAsync(IReadOnlyList<ClearedSend> cleared, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(ClearSql, connection);
        command.Parameters.AddWithValue(cleared.Select(c => c.Send.Id).ToArray());
        command.Parameters.AddWithValue(cleared.Select(c => c.Send.Fence).ToArray());
        command.Parameters.AddWithValue(cleared.Select(c => c.AddressHash).ToArray());
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(Lease);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Commits that the next mail is about to leave, together with how the one before it ended: one commit a mail, before its first
    /// byte. False when the claim no longer holds; then the mail must not leave.
    /// </summary>
    public async Task<bool> BeginAsync(ClaimedSend next, SendOutcome? previous, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(await db.OpenConnectionAsync(CancellationToken.None));
        if (previous is not null)
        {
            batch.BatchCommands.Add(End([previous]));
        }

        var begin = new NpgsqlBatchCommand(BeginSql);
        begin.Parameters.AddWithValue(next.Id);
        begin.Parameters.AddWithValue(next.Fence);
        begin.Parameters.AddWithValue(now);
        begin.Parameters.AddWithValue(Lease);
        batch.BatchCommands.Add(begin);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        return begin.RecordsAffected == 1;
    }

    public async Task EndAsync(IReadOnlyList<SendOutcome> outcomes)
    {
        if (outcomes.Count > 0)
        {
            await using var batch = new NpgsqlBatch(await db.OpenConnectionAsync(CancellationToken.None));
            batch.BatchCommands.Add(End(outcomes));
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static NpgsqlBatchCommand End(IReadOnlyList<SendOutcome> outcomes)
    {
        var command = new NpgsqlBatchCommand(EndSql);
        command.Parameters.AddWithValue(outcomes.Select(o => o.Send.Id).ToArray());
        command.Parameters.AddWithValue(outcomes.Select(o => o.Send.Fence).ToArray());
        command.Parameters.AddWithValue(outcomes.Select(o => o.State.ToString()).ToArray());
        command.Parameters.AddWithValue(outcomes.Select(o => o.Reason).ToArray());
        command.Parameters.AddWithValue(outcomes.Select(o => o.Reference is { Length: > ReferenceLength } long_ ? long_[..ReferenceLength] : o.Reference).ToArray());
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = outcomes.Select(o => o.HandedOverAt).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.AddWithValue(MaxAttempts);
        return command;
    }
}
