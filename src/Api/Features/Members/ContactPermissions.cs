using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Features.Members;

internal sealed class ContactPermissions(NoahDbContext db, TenantContext tenant, TimeProvider clock) : IContactPermissions
{
    // Ads have no address of their own: only a known one can be suppressed, and none is needed. Nor is consent asked for here, but an objection
    // counts: docs/decisions/0013.
    private static readonly string Blocked =
        $"""
        WITH asked AS (
            SELECT asked.id, m.email, CASE WHEN m.email IS NOT NULL THEN {AddressHash.Sql("m.email")} END AS hash
            FROM unnest($1::uuid[]) AS asked (id) LEFT JOIN members m ON m.id = asked.id),
        reasons AS (
            SELECT asked.id, CASE
                WHEN $2 = '{ConsentChannels.Email}' AND asked.email IS NULL THEN 'invalidAddress'
                WHEN EXISTS (
                    SELECT FROM suppressions s
                    WHERE s.address_hash = asked.hash AND s.channel = $2 AND (s.topic IS NULL OR s.topic = $3)) THEN 'suppressed'
                WHEN $2 = '{ConsentChannels.Ads}' THEN CASE WHEN said.state = '{nameof(ConsentState.Withdrawn)}' THEN 'objected' END
                WHEN said.state IS DISTINCT FROM '{nameof(ConsentState.Granted)}' THEN 'noConsent'
            END AS reason
            FROM asked LEFT JOIN LATERAL (
                SELECT c.state FROM consents c WHERE c.member_id = asked.id AND c.channel = $2 AND c.topic = $3
                ORDER BY c.occurred_at DESC, c.state DESC, c.id DESC LIMIT 1) said ON true)
        SELECT id, reason FROM reasons WHERE reason IS NOT NULL
        """;

    public async Task<IReadOnlyDictionary<Guid, string>> BlockedAsync(
        string channel, string topic, IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Blocked, connection)
        {
            Parameters = { new() { Value = memberIds.Distinct().ToArray() }, new() { Value = channel }, new() { Value = topic } },
        };
        var blocked = new Dictionary<Guid, string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            blocked.Add(reader.GetGuid(0), reader.GetString(1));
        }

        return blocked;
    }

    public async Task WithdrawAsync(Guid memberId, string channel, string topic, string source, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var latest = await db.Set<Consent>().AsNoTracking().Where(c => c.MemberId == memberId && c.Channel == channel && c.Topic == topic)
            .OrderByDescending(c => c.OccurredAt).ThenByDescending(c => c.State).ThenByDescending(c => c.Id).Select(c => (ConsentState?)c.State).FirstOrDefaultAsync(cancellationToken);
        if (latest != ConsentState.Withdrawn)
        {
            db.Add(new Consent
            {
                MemberId = memberId,
                Channel = channel,
                Topic = topic,
                State = ConsentState.Withdrawn,
                Source = source,
                OccurredAt = now,
                RecordedAt = now,
            });
        }

        var email = await db.Set<Member>().Where(m => m.Id == memberId).Select(m => m.Email).SingleOrDefaultAsync(cancellationToken);
        if (email is null)
        {
            return;
        }

        var hash = AddressHash.Of(tenant.TenantId, email);
        if (!await db.Set<Suppression>().AnyAsync(
            s => s.AddressHash == hash && s.Channel == channel && (s.Topic == null || s.Topic == topic), cancellationToken))
        {
            db.Add(new Suppression
            {
                Channel = channel,
                Topic = topic,
                AddressHash = hash,
                Reason = SuppressionReason.Unsubscribe,
                Source = source,
                CreatedAt = now,
            });
        }
    }
}
