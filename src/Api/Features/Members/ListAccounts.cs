using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class ListAccounts
{
    internal static async Task<Ok<Page<AccountView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Account.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Account>().AsNoTracking().Where(a => a.Id > after).OrderBy(a => a.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<AccountView>(
            [.. shown.Select(AccountView.Of)], rows.Count > page.Size ? PublicId.Format(Account.Prefix, shown[^1].Id) : ""));
    }
}
