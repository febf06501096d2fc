using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Npgsql;

namespace Noah.Api.Features.Tenancy;

/// <summary>The operator's only way to bring in a tenant: with the key that administers it.</summary>
internal static class CreateTenant
{
    /// <param name="Name">For people.</param>
    /// <param name="Currency">ISO 4217; all money of the tenant is in it.</param>
    /// <param name="TimeZone">IANA zone of members who have none.</param>
    /// <param name="HoldoutShare">Share of members, 0 to 0.5, whom no plan ever mails.</param>
    /// <param name="Salt">Of every random assignment; chosen only to repeat a study, else random.</param>
    internal sealed record Request(string Name, string Currency, string TimeZone, double HoldoutShare = 0, string? Salt = null);

    /// <param name="Name">Resource name.</param>
    /// <param name="DisplayName">The name given.</param>
    /// <param name="Currency">ISO 4217.</param>
    /// <param name="TimeZone">IANA zone.</param>
    /// <param name="HoldoutShare">Share of members never mailed.</param>
    /// <param name="ApiKey">Name of the first key, which holds every scope.</param>
    /// <param name="Secret">Its secret. It is shown this once.</param>
    internal sealed record Response(string Name, string DisplayName, string Currency, string TimeZone, double HoldoutShare, string ApiKey, string Secret);

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> HandleAsync(
        Request request, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Text("/name", request.Name)
            .Require(request.Currency is { Length: 3 } && request.Currency.All(char.IsAsciiLetterUpper), "/currency", "unknownValue", "/currency must be an ISO 4217 code such as EUR.")
            .Require(DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is not null, "/timeZone", "unknownValue", "/timeZone must be an IANA zone such as Europe/Berlin.")
            .Between("/holdoutShare", request.HoldoutShare, 0, 0.5)
            .Require(request.Salt is null or { Length: >= 1 and <= 64 }, "/salt", "outOfRange", "/salt must have 1 to 64 characters.");
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var (tenantId, keyId, secret) = (Guid.CreateVersion7(), Guid.CreateVersion7(), ApiKeySecret.Create());
        var name = $"tenants/{PublicId.Format(Tenant.Prefix, tenantId)}";
        await using var command = database.CreateCommand("SELECT noah_create_tenant($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
        command.Parameters.AddWithValue(tenantId);
        command.Parameters.AddWithValue(request.Name);
        command.Parameters.AddWithValue(request.Currency);
        command.Parameters.AddWithValue(request.TimeZone);
        command.Parameters.AddWithValue(request.HoldoutShare);
        command.Parameters.AddWithValue(request.Salt ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
        command.Parameters.AddWithValue(keyId);
        command.Parameters.AddWithValue(ApiKeySecret.Hint(secret));
        command.Parameters.AddWithValue(ApiKeySecret.Hash(secret));
        command.Parameters.AddWithValue(Scopes.All);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return TypedResults.Created($"/v1/{name}", new Response(
            name, request.Name, request.Currency, request.TimeZone, request.HoldoutShare, $"apiKeys/{PublicId.Format(ApiKey.Prefix, keyId)}", secret));
    }
}
