namespace Noah.Api.Features.Tenancy.Contracts;

/// <summary>What other features need to know of the tenant of their scope.</summary>
internal interface ITenantSettings
{
    Task<TenantSettings> GetAsync(CancellationToken cancellationToken);
}

/// <summary>Currency (ISO 4217), default IANA zone, holdout share in [0, 1) and the salt of the tenant's random assignments.</summary>
internal sealed record TenantSettings(Guid TenantId, string Name, string Currency, string TimeZone, double HoldoutShare, string Salt);
