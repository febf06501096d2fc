using System.Text.Json;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal sealed class AuditLog(NoahDbContext db, TenantContext tenant, TimeProvider clock) : IAuditLog
{
    public void Add(string action, string target, object? details = null) => db.Add(new AuditEvent
    {
        At = clock.GetUtcNow(),
        Actor = tenant.KeyId is { } key ? PublicId.Format(ApiKey.Prefix, key) : "worker",
        Action = action,
        Target = target,
        Details = details is null ? null : JsonSerializer.SerializeToDocument(details),
    });
}
