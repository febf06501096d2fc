using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal static class ListAuditEvents
{
    internal sealed record Item(string Name, DateTimeOffset At, string Actor, string Action, string Target, JsonDocument? Details);

    internal static async Task<Ok<Page<Item>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(AuditEvent.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<AuditEvent>().AsNoTracking().Where(a => a.Id > after).OrderBy(a => a.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<Item>(
            [.. shown.Select(a => new Item($"auditEvents/{PublicId.Format(AuditEvent.Prefix, a.Id)}", a.At, a.Actor, a.Action, a.Target, a.Details))],
            rows.Count > page.Size ? PublicId.Format(AuditEvent.Prefix, shown[^1].Id) : ""));
    }
}
