using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Models.CardPage;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Versions of a model: the one that plans use, those in the shadow, those that were used before.</summary>
internal static class ReadVersions
{
    internal static async Task<Results<Ok<ModelVersionView>, PageResult, ProblemHttpResult>> GetAsync(
        string id, int number, NoahDbContext db, TenantLinks links, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model || await FindAsync(db, model, number, cancellationToken) is not { } version)
        {
            return Problems.NotFound($"models/{id}/versions/{number}");
        }

        http.Response.Headers.Vary = "Accept";
        return PageResult.IsPreferredBy(http.Request)
            ? PageResult.Of(CardReport.Render(model, version))
            : TypedResults.Ok(ModelVersionView.Of(model, version, links.For(ShowCard.Page, version.Id)));
    }

    internal static async Task<Results<Ok<Page<ModelVersionView>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, NoahDbContext db, TenantLinks links, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        var after = int.TryParse(page.PageToken, out var token) ? token : 0;
        var rows = await db.Set<ModelVersion>().AsNoTracking().Where(v => v.ModelId == model.Id && v.Number > after)
            .OrderBy(v => v.Number).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<ModelVersionView>(
            [.. shown.Select(version => ModelVersionView.Of(model, version, links.For(ShowCard.Page, version.Id)) with { Card = null })],
            rows.Count > page.Size ? $"{shown[^1].Number}" : ""));
    }

    public static Task<ModelVersion?> FindAsync(NoahDbContext db, Model model, int number, CancellationToken cancellationToken) =>
        db.Set<ModelVersion>().SingleOrDefaultAsync(v => v.ModelId == model.Id && v.Number == number, cancellationToken);
}
