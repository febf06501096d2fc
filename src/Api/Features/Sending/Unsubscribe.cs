using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>
/// The link in every mail. GET only shows a page, as scanners and previews follow links; POST acts, whether a person pressed the button
/// or a mailbox provider did it for them (RFC 8058). It asks for no key, reads no body, and may be repeated.
/// </summary>
internal static class Unsubscribe
{
    internal static async Task<IResult> ShowAsync(
        string token, UnsubscribeLinks links, TenantContext tenant, NoahDbContext db, ITenantSettings settings, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, links, tenant, db, cancellationToken) is null)
        {
            return UnsubscribePage.Unknown();
        }

        return UnsubscribePage.Ask((await settings.GetAsync(cancellationToken)).Name);
    }

    internal static async Task<IResult> ActAsync(
        string token,
        UnsubscribeLinks links,
        TenantContext tenant,
        NoahDbContext db,
        ICampaigns campaigns,
        IContactPermissions permissions,
        IEventHistory events,
        IAuditLog audit,
        ITenantSettings settings,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(token, links, tenant, db, cancellationToken) is not { } send
            || (await campaigns.ReadAsync([send.CampaignId], cancellationToken)) is not [var campaign])
        {
            return UnsubscribePage.Unknown();
        }

        var name = $"sends/{PublicId.Format(Send.Prefix, send.Id)}";
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await permissions.WithdrawAsync(send.MemberId, campaign.Channel, campaign.Topic, $"unsubscribe link of {name}", cancellationToken);
        var heard = new NewEvent($"unsubscribe/{name}", send.MemberId, "unsubscribe", clock.GetUtcNow(), SendId: send.Id);
        if (await events.RecordAsync([heard], cancellationToken) > 0)
        {
            audit.Add("members.unsubscribe", $"members/{PublicId.Format("mem", send.MemberId)}", new { send = name, campaign.Channel, campaign.Topic });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return UnsubscribePage.Done((await settings.GetAsync(cancellationToken)).Name);
    }

    private static async Task<Send?> FindAsync(
        string token, UnsubscribeLinks links, TenantContext tenant, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (!links.TryRead(token, out var link))
        {
            return null;
        }

        tenant.Set(link.Value.TenantId);
        var sendId = link.Value.SendId;
        return await db.Set<Send>().AsNoTracking().SingleOrDefaultAsync(send => send.Id == sendId, cancellationToken);
    }
}
