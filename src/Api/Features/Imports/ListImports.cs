using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

internal static class ListImports
{
    internal static async Task<Ok<Page<ImportView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Import.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Import>().AsNoTracking().Where(i => i.Id > after).OrderBy(i => i.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<ImportView>(
            [.. shown.Select(ImportView.Of)], rows.Count > page.Size ? PublicId.Format(Import.Prefix, shown[^1].Id) : ""));
    }
}
