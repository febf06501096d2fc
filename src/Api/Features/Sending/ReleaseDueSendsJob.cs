using MassTransit;
using Npgsql;
using Quartz;

namespace Noah.Api.Features.Sending;

/// <summary>
/// Claims what is due, once a second, and wakes the workers for it. The ledger stays the truth: a firing that is lost is made up for by
/// the next, and a wake-up that is lost by the end of the lease.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ReleaseDueSendsJob(
    NpgsqlDataSource database, IBus bus, TimeProvider clock, IEnumerable<SmtpOptions> servers, ILogger<ReleaseDueSendsJob> logger) : IJob
{
    public static readonly JobKey Key = new("release-due-sends", "sending");
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int BatchSize = 100;

    /// <summary>
    /// Sends claimed at once over all workers. It bounds a firing, and keeps batches from waiting for a worker until their lease is
    /// over, which would have them claimed again and again.
    /// </summary>
    private const int InFlight = 2000;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        // The store's trigger may fire on a worker that has no mail server: what it claimed would wait out its lease.
        if (!servers.Any())
        {
            return;
        }

        await ReleaseExpiredAsync(cancellationToken);
        for (var room = InFlight - await CountClaimedAsync(cancellationToken); room >= BatchSize; room -= BatchSize)
        {
            var (tenantId, sends) = await ClaimAsync(cancellationToken);
            if (sends.Count == 0)
            {
                return;
            }

            await bus.Publish(new SendsClaimed(tenantId, sends), cancellationToken);
        }
    }

    private async Task ReleaseExpiredAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT state, count(*) FROM noah_release_expired_sends() GROUP BY state");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            logger.LogWarning("{Count} sends of lost workers are {State} now", reader.GetInt64(1), reader.GetString(0));
        }
    }

    private async Task<long> CountClaimedAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT noah_count_claimed_sends()");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<(Guid TenantId, IReadOnlyList<ClaimedSend> Sends)> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT tenant_id, id, fence FROM noah_claim_due_sends($1, $2, $3)");
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(SendJournal.Lease);
        command.Parameters.AddWithValue(BatchSize);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (tenantId, sends) = (Guid.Empty, new List<ClaimedSend>(BatchSize));
        while (await reader.ReadAsync(cancellationToken))
        {
            tenantId = reader.GetGuid(0);
            sends.Add(new ClaimedSend(reader.GetGuid(1), reader.GetInt64(2)));
        }

        return (tenantId, sends);
    }
}
