using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Tenancy;

/// <summary>Tenants, their keys and their audit log.</summary>
internal static class TenancyFeature
{
    public static void AddTenancy(this IServiceCollection services)
    {
        services.AddScoped<ITenantSettings, TenantSettingsReader>();
        services.AddScoped<IAuditLog, AuditLog>();
    }

    public static void MapTenancy(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/tenants", CreateTenant.HandleAsync).WithTags("Administration").RequireOperator()
            .WithName("CreateTenant").WithSummary("Creates a tenant and the key that administers it");

        var keys = routes.MapGroup("/v1/apiKeys").WithTags("Administration").RequireScope(Scopes.KeysWrite);
        // No idempotency key here: the stored response would keep the secret that is meant to be shown once.
        keys.MapPost("/", CreateApiKey.HandleAsync).WithName("CreateApiKey").WithSummary("Creates a key with some of one's own scopes");
        keys.MapGet("/", ListApiKeys.HandleAsync).WithName("ListApiKeys").WithSummary("Keys, without their secrets");
        keys.MapDelete("/{id:rid}", RevokeApiKey.HandleAsync).WithName("RevokeApiKey").WithSummary("Revokes a key at once");

        routes.MapGet("/v1/auditEvents", ListAuditEvents.HandleAsync).WithTags("Administration").RequireScope(Scopes.AuditRead)
            .WithName("ListAuditEvents").WithSummary("Who did what");
    }
}
