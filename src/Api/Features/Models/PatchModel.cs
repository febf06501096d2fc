using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Changes how a model is kept up; what it learns is fixed when it is declared.</summary>
internal static class PatchModel
{
    private const int MostDays = 365;

    /// <param name="RefreshEveryDays">How often the version in use goes on with new members, 1 to 365 days; 0 for never by itself, which is the default.</param>
    internal sealed record Request(int? RefreshEveryDays = null);

    internal static async Task<Results<Ok<ModelView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, IAuditLog audit, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        if (EntityTags.Refuse(http, model.Version) is { } refusal)
        {
            return refusal;
        }

        if (request.RefreshEveryDays is { } days)
        {
            var check = new RequestCheck().Between("/refreshEveryDays", days, 0, MostDays);
            check.Require(
                days == 0 || model.ReadSpecification().Responses.Count > 0, "/refreshEveryDays", "notAllowed", "The model has no responses, which are what a refresh goes on with.");
            if (check.Failed(out var problem))
            {
                return problem;
            }

            model.RefreshEveryDays = days == 0 ? null : days;
            audit.Add("models.patch", model.ResourceName(), new { refreshEveryDays = days });
            await db.SaveChangesAsync(cancellationToken);
        }

        EntityTags.Write(http, model.Version);
        var active = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == model.ActiveVersionId, cancellationToken);
        return TypedResults.Ok(ModelView.Of(model, active));
    }
}
