using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Models without their cards.</summary>
internal static class ListModels
{
    internal static async Task<Ok<Page<ModelView>>> HandleAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = PublicId.TryParse(Model.Prefix, page.PageToken, out var token) ? token : Guid.Empty;
        var rows = await db.Set<Model>().AsNoTracking().Where(m => m.Id > after).OrderBy(m => m.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<ModelView>(
            [.. shown.Select(model => ModelView.Of(model))], rows.Count > page.Size ? PublicId.Format(Model.Prefix, shown[^1].Id) : ""));
    }
}
