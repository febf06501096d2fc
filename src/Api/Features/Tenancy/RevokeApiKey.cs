using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal static class RevokeApiKey
{
    internal static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IAuditLog audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse(ApiKey.Prefix, id, out var keyId)
            || await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == keyId, cancellationToken) is not { } key)
        {
            return Problems.NotFound($"apiKeys/{id}");
        }

        key.RevokedAt ??= clock.GetUtcNow();
        audit.Add("apiKeys.revoke", $"apiKeys/{id}");
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
