using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>
/// Asks once more, in one transaction over locked rows, whether claimed sends may leave: campaign, expiry, consent, suppression,
/// duplicate address, weekly cap. Those that may count against caps from its commit on; the others end with their reason.
/// </summary>
internal sealed class SendClearance(
    NoahDbContext db,
    TenantContext tenant,
    SendJournal journal,
    ICampaigns campaigns,
    IContactPermissions permissions,
    IMemberContacts contacts,
    TimeProvider clock)
{
    private static readonly TimeSpan CapWindow = TimeSpan.FromDays(7);

    public async Task<IReadOnlyList<ClearedSend>> ClearAsync(IReadOnlyList<ClaimedSend> claimed, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var sends = await journal.LockAsync(claimed, cancellationToken);
        if (sends.Count == 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        Guid[] memberIds = [.. sends.Select(send => send.MemberId).Distinct()];
        Guid[] campaignIds = [.. sends.Select(send => send.CampaignId).Distinct()];
        var people = await contacts.ReadAsync(memberIds, cancellationToken);
        var addresses = memberIds.ToDictionary(id => id, id => HashAddress(people.GetValueOrDefault(id)?.Email));
        await LockPeopleAsync(addresses, cancellationToken);

        var terms = (await campaigns.ReadAsync(campaignIds, cancellationToken)).ToDictionary(campaign => campaign.CampaignId);
        var blocked = await BlockedAsync(sends, terms, cancellationToken);
        var mails = await MailsAsync(memberIds, now, cancellationToken);
        var served = await ServedAsync(campaignIds, addresses, cancellationToken);

        var cleared = new List<ClearedSend>();
        var ended = new List<SendOutcome>();
        foreach (var send in sends)
        {
            var campaign = terms.GetValueOrDefault(send.CampaignId);
            var address = addresses[send.MemberId];
            var contact = people.GetValueOrDefault(send.MemberId);
            var refusal = Refuse(send, campaign, now)
                ?? (blocked.GetValueOrDefault((send.CampaignId, send.MemberId)) is { } reason ? (SendState.Skipped, reason)
                : contact?.Email is null || address is null ? (SendState.Skipped, "invalidAddress")
                : served.Contains((send.CampaignId, Convert.ToHexString(address))) ? (SendState.Skipped, "duplicateAddress")
                : mails.GetValueOrDefault(send.MemberId) >= send.WeeklyCap ? (SendState.Skipped, "capped")
                : null);
            if (refusal is var (state, why))
            {
                ended.Add(new SendOutcome(new ClaimedSend(send.Id, send.Fence), state, why));
                continue;
            }

            served.Add((send.CampaignId, Convert.ToHexString(address!)));
            mails[send.MemberId] = mails.GetValueOrDefault(send.MemberId) + 1;
            cleared.Add(new ClearedSend(new ClaimedSend(send.Id, send.Fence), send.VariantId, campaign!, contact!, address!));
        }

        await journal.EndAsync(ended);
        await journal.ClearAsync(cleared, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return cleared;
    }

    private static (SendState State, string? Reason)? Refuse(Send send, CampaignTerms? campaign, DateTimeOffset now) => campaign switch
    {
        null or { State: "CANCELLED" } => (SendState.Cancelled, "campaignCancelled"),
        { State: "COMPLETED" } => (SendState.Skipped, "expired"),
        { State: not "RUNNING" } => (SendState.Planned, null),
        { SenderAddress: null } => (SendState.Failed, "noSender"),
        _ when now > send.ExpiresAt || now > campaign.EndsAt => (SendState.Skipped, "expired"),
        _ => null,
    };

    private async Task<Dictionary<(Guid Campaign, Guid Member), string>> BlockedAsync(
        IReadOnlyList<Send> sends, Dictionary<Guid, CampaignTerms> terms, CancellationToken cancellationToken)
    {
        var blocked = new Dictionary<(Guid, Guid), string>();
        foreach (var topic in sends.Where(send => terms.ContainsKey(send.CampaignId)).GroupBy(send => (terms[send.CampaignId].Channel, terms[send.CampaignId].Topic)))
        {
            var reasons = await permissions.BlockedAsync(
                topic.Key.Channel, topic.Key.Topic, [.. topic.Select(send => send.MemberId).Distinct()], cancellationToken);
            foreach (var send in topic.Where(send => reasons.ContainsKey(send.MemberId)))
            {
                blocked[(send.CampaignId, send.MemberId)] = reasons[send.MemberId];
            }
        }

        return blocked;
    }

    private async Task<Dictionary<Guid, int>> MailsAsync(Guid[] memberIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Set<Send>().Where(send => memberIds.Contains(send.MemberId)).Where(Send.MailedAfter(now - CapWindow))
            .GroupBy(send => send.MemberId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);

    private async Task<HashSet<(Guid Campaign, string Address)>> ServedAsync(
        Guid[] campaignIds, Dictionary<Guid, byte[]?> addresses, CancellationToken cancellationToken)
    {
        byte[][] hashes = [.. addresses.Values.OfType<byte[]>()];
        var rows = await db.Set<Send>()
            .Where(send => campaignIds.Contains(send.CampaignId) && send.AddressHash != null && hashes.Contains(send.AddressHash))
            .Where(Send.MailedAfter(DateTimeOffset.UnixEpoch)).Select(send => new { send.CampaignId, send.AddressHash }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.CampaignId, Convert.ToHexString(row.AddressHash!)))];
    }

    /// <summary>
    /// One worker at a time decides about a member and about an address: two campaigns that are due at once see each other's mails.
    /// Taken in the order of their keys, so that two workers can't wait for each other.
    /// </summary>
    private async Task LockPeopleAsync(Dictionary<Guid, byte[]?> addresses, CancellationToken cancellationToken)
    {
        long[] keys =
        [
            .. addresses.Keys.Select(member => LockKey(member.ToByteArray(bigEndian: true)))
                .Concat(addresses.Values.OfType<byte[]>().Select(hash => LockKey(hash))).Distinct().Order(),
        ];
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(key) FROM unnest({keys}) AS key", cancellationToken);
    }

    // The last 64 bits of a UUIDv7 are random but for its variant; those of a hash are as good as random.
    private static long LockKey(ReadOnlySpan<byte> identity) => BinaryPrimitives.ReadInt64BigEndian(identity[^8..]);

    private byte[]? HashAddress(string? address) => address is null ? null : AddressHash.Of(tenant.TenantId, address);
}
