using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class ListConsents
{
    internal static async Task<Results<Ok<Page<ConsentView>>, ProblemHttpResult>> HandleAsync(
        string id, [AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await GetMember.FindAsync(id, db, cancellationToken) is not { } member)
        {
            return Problems.NotFound($"members/{id}");
        }

        var after = PublicId.TryParse(Consent.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Consent>().AsNoTracking().Where(c => c.MemberId == member.Id && c.Id > after)
            .OrderBy(c => c.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<ConsentView>(
            [.. shown.Select(ConsentView.Of)], rows.Count > page.Size ? PublicId.Format(Consent.Prefix, shown[^1].Id) : ""));
    }
}
