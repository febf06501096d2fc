using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal sealed class TenantSettingsReader(NoahDbContext db) : ITenantSettings
{
    public Task<TenantSettings> GetAsync(CancellationToken cancellationToken) => db.Set<Tenant>().AsNoTracking()
        .Select(t => new TenantSettings(t.TenantId, t.Name, t.Currency, t.TimeZone, t.HoldoutShare, t.Salt))
        .SingleAsync(cancellationToken);
}
