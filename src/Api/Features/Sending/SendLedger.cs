using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Sending;

internal sealed class SendLedger(NoahDbContext db, TimeProvider clock) : ISendLedger
{
    /// <summary>Lines a statement: a few megabytes of arrays.</summary>
    private const int ChunkSize = 20_000;

    /// <summary>The columns travel as arrays: row-level security refuses COPY.</summary>
    private const string PlanSql =
        """
        INSERT INTO sends (
            tenant_id, id, run_id, campaign_id, member_id, variant_id, state, due_at, expires_at, propensity, weekly_cap, fence, attempts, created_at)
        SELECT noah_tenant(), p.id, p.run, p.campaign, p.member, p.variant, 'Planned', p.due, p.expires, p.propensity, p.cap, 0, 0, $10
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) AS p (id, run, campaign, member, variant, due, expires, propensity, cap)
        ON CONFLICT (tenant_id, campaign_id, member_id) DO NOTHING
        """;

    private static readonly SendState[] Waiting = [SendState.Planned, SendState.Deferred];
    private static readonly SendState[] Handed = [SendState.HandedOver, SendState.Delivered, SendState.Bounced, SendState.Complained];
    private static readonly SendState[] Counted = [.. Waiting, .. Handed, SendState.Claimed, SendState.Unknown];

    public async Task<int> PlanAsync(IReadOnlyList<PlannedSend> sends, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        var added = 0;
        foreach (var chunk in sends.Chunk(ChunkSize))
        {
            await using var insert = new NpgsqlCommand(PlanSql, connection);
            insert.Parameters.AddWithValue(chunk.Select(_ => Guid.CreateVersion7()).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.RunId).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.CampaignId).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.MemberId).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.VariantId).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.DueAt).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.ExpiresAt).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.Propensity).ToArray());
            insert.Parameters.AddWithValue(chunk.Select(send => send.WeeklyCap).ToArray());
            insert.Parameters.AddWithValue(clock.GetUtcNow());
            added += await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        return added;
    }

    public async Task<IReadOnlyDictionary<Guid, int>> CountsAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        await db.Set<Send>().Where(send => Counted.Contains(send.State) && send.DueAt >= from && send.DueAt < to)
            .GroupBy(send => send.MemberId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> MembersWithLineAsync(
        IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Send>().Where(send => campaignIds.Contains(send.CampaignId))
            .Select(send => new { send.CampaignId, send.MemberId }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.CampaignId).ToDictionary(group => group.Key, IReadOnlyList<Guid> (group) => [.. group.Select(row => row.MemberId)]);
    }

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> HandedOverByVariantAsync(
        IReadOnlyCollection<Guid> campaignIds, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Send>().Where(send => campaignIds.Contains(send.CampaignId) && Handed.Contains(send.State))
            .OrderBy(send => send.Id).Select(send => new { send.VariantId, send.Id }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.VariantId).ToDictionary(group => group.Key, IReadOnlyList<Guid> (group) => [.. group.Select(row => row.Id)]);
    }

    public Task<int> CancelAsync(Guid campaignId, CancellationToken cancellationToken) =>
        db.Set<Send>().Where(send => send.CampaignId == campaignId && Waiting.Contains(send.State)).ExecuteUpdateAsync(
            set => set.SetProperty(send => send.State, SendState.Cancelled).SetProperty(send => send.Reason, "campaignCancelled"), cancellationToken);
}
