namespace Noah.Api.Platform.Persistence;

/// <summary>
/// The tenant of the current scope. Set once by authentication, by a signed link or by a worker's claim; the database then shows
/// the rows of this tenant only (row-level security), whatever a query asks for.
/// </summary>
internal sealed class TenantContext
{
    private Guid? _tenantId;

    public bool IsSet => _tenantId is not null;

    public Guid TenantId => _tenantId ?? throw new InvalidOperationException("No tenant is set in this scope.");

    /// <summary>The API key behind the request; null in workers and behind signed links.</summary>
    public Guid? KeyId { get; private set; }

    public void Set(Guid tenantId, Guid? keyId = null)
    {
        if (_tenantId is { } present && present != tenantId)
        {
            throw new InvalidOperationException("A scope serves one tenant.");
        }

        _tenantId = tenantId;
        KeyId = keyId ?? KeyId;
    }
}
