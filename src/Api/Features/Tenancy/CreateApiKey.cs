using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Tenancy;

internal static class CreateApiKey
{
    internal sealed record Request(string Name, string[] Scopes, DateTimeOffset? ExpiresAt = null);

    internal sealed record Response(string Name, string DisplayName, string[] Scopes, DateTimeOffset? ExpiresAt, string Secret);

    internal static async Task<Results<Created<Response>, ProblemHttpResult>> HandleAsync(
        Request request, NoahDbContext db, IAuditLog audit, TimeProvider clock, HttpContext http, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Text("/name", request.Name)
            .Require(request.Scopes.Length > 0, "/scopes", "required", "/scopes must name at least one scope.", Scopes.All);
        for (var index = 0; index < request.Scopes.Length; index++)
        {
            check.OneOf($"/scopes/{index}", request.Scopes[index], Scopes.All);
            check.Require(
                http.User.HasClaim(NoahAuthentication.ScopeClaim, request.Scopes[index]), $"/scopes/{index}", "exceedsOwn", "A key can't grant a scope it lacks.");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        var secret = ApiKeySecret.Create();
        var key = new ApiKey
        {
            Name = request.Name,
            Hint = ApiKeySecret.Hint(secret),
            SecretHash = ApiKeySecret.Hash(secret),
            Scopes = request.Scopes,
            ExpiresAt = request.ExpiresAt,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(key);
        var name = $"apiKeys/{PublicId.Format(ApiKey.Prefix, key.Id)}";
        audit.Add("apiKeys.create", name, new { request.Name, request.Scopes });
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.Created($"/v1/{name}", new Response(name, key.Name, key.Scopes, key.ExpiresAt, secret));
    }
}
