namespace Noah.Api.Platform.Persistence;

/// <summary>Opens service scopes that act for one tenant: the only way for a worker to see a tenant's rows.</summary>
internal sealed class TenantScopes(IServiceScopeFactory scopes)
{
    public AsyncServiceScope Open(Guid tenantId)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Set(tenantId);
        return scope;
    }
}
