using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

internal static class ListApiKeys
{
    internal sealed record Item(string Name, string DisplayName, string Hint, string[] Scopes, DateTimeOffset CreateTime, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

    internal static async Task<Ok<Page<Item>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(ApiKey.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<ApiKey>().AsNoTracking().Where(k => k.Id > after).OrderBy(k => k.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<Item>(
            [.. shown.Select(k => new Item($"apiKeys/{PublicId.Format(ApiKey.Prefix, k.Id)}", k.Name, k.Hint, k.Scopes, k.CreatedAt, k.ExpiresAt, k.RevokedAt))],
            rows.Count > page.Size ? PublicId.Format(ApiKey.Prefix, shown[^1].Id) : ""));
    }
}
