using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Models.CardPage;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

internal static class GetModel
{
    internal static async Task<Results<Ok<ModelView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        EntityTags.Write(http, model.Version);
        var active = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == model.ActiveVersionId, cancellationToken);
        return TypedResults.Ok(ModelView.Of(model, active, active is null ? null : links.For(ShowCard.Page, active.Id), await CheckDrift.LatestAsync(db, model, cancellationToken)));
    }

    internal static async Task<Model?> FindAsync(NoahDbContext db, string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(Model.Prefix, id, out var modelId)
            ? await db.Set<Model>().SingleOrDefaultAsync(m => m.Id == modelId, cancellationToken)
            : null;
}
