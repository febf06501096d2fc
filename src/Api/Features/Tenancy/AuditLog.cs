using System.Text.Json;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal sealed class AuditLog(NoahDbContext db, TenantContext tenant, IHttpContextAccessor http, TimeProvider clock) : IAuditLog
{
    // A request of a tenant without a key can only be that of somebody who holds a link we signed.
    private string Actor => tenant.KeyId is { } key ? PublicId.Format(ApiKey.Prefix, key) : http.HttpContext is null ? "worker" : "signedLink";

    public void Add(string action, string target, object? details = null) => db.Add(new AuditEvent
    {
        At = clock.GetUtcNow(),
        Actor = Actor,
        Action = action,
        Target = target,
        Details = details is null ? null : JsonSerializer.SerializeToDocument(details),
    });
}
