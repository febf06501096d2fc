using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Noah.Api.Platform.Persistence;
using Npgsql;

namespace Noah.Api.Platform.Security;

/// <summary>
/// Reads <c>Authorization: Bearer …</c>. A tenant's key is looked up through a SECURITY DEFINER function, as before the lookup no
/// tenant is known and row-level security shows nothing. The operator's key comes from a file, not from the database.
/// </summary>
internal sealed class NoahAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    NpgsqlDataSource database,
    OperatorKey operatorKey,
    TimeProvider clock,
    TenantContext tenant) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string ScopeClaim = "scope";
    public const string OperatorClaim = "operator";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return AuthenticateResult.NoResult();
        }

        var secret = header["Bearer ".Length..].Trim();
        if (secret.StartsWith(ApiKeySecret.OperatorPrefix, StringComparison.Ordinal))
        {
            return CryptographicOperations.FixedTimeEquals(ApiKeySecret.Hash(secret), operatorKey.Hash)
                ? Success([new Claim(OperatorClaim, "true"), new Claim(ClaimTypes.NameIdentifier, "operator")])
                : AuthenticateResult.Fail("The operator's key is wrong.");
        }

        await using var command = database.CreateCommand("SELECT tenant_id, key_id, scopes FROM noah_find_api_key($1, $2)");
        command.Parameters.AddWithValue(ApiKeySecret.Hash(secret));
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(Context.RequestAborted);
        if (!await reader.ReadAsync(Context.RequestAborted))
        {
            return AuthenticateResult.Fail("The API key is unknown, expired or revoked.");
        }

        var keyId = reader.GetGuid(1);
        tenant.Set(reader.GetGuid(0), keyId);
        var scopes = reader.GetFieldValue<string[]>(2);
        return Success([new Claim(ClaimTypes.NameIdentifier, PublicId.Format("key", keyId)), .. scopes.Select(scope => new Claim(ScopeClaim, scope))]);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"noah\"";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static AuthenticateResult Success(IEnumerable<Claim> claims) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
}
