using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class ListMembers
{
    /// <summary>With <c>externalId</c> the page has that member or nobody.</summary>
    internal static async Task<Ok<Page<MemberView>>> HandleAsync(
        [AsParameters] PageQuery page, string? externalId, NoahDbContext db, IMemberSchema schema, HttpContext http, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Member.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var specs = await schema.ReadAsync(cancellationToken);
        var rows = await db.Set<Member>().AsNoTracking()
            .Where(m => m.Id > after && (externalId == null || m.ExternalId == externalId))
            .OrderBy(m => m.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<MemberView>(
            [.. shown.Select(m => MemberView.Of(m, specs, http))], rows.Count > page.Size ? PublicId.Format(Member.Prefix, shown[^1].Id) : ""));
    }
}
