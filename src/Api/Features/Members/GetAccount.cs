using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class GetAccount
{
    internal static async Task<Results<Ok<AccountView>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Account.Prefix, id, out var accountId)
        && await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, cancellationToken) is { } account
            ? TypedResults.Ok(AccountView.Of(account))
            : Problems.NotFound($"accounts/{id}");
}
