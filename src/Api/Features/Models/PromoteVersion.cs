using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Models.CardPage;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Changes which version plans use: forwards by choice, back by one step. Plans that were made keep what they were made from.</summary>
internal sealed class PromoteVersion(NoahDbContext db, IAuditLog audit, TimeProvider clock, TenantLinks links)
{
    private const string WorseThanActive = "worseThanActive";

    /// <param name="Version">Number of the version to use from now on.</param>
    /// <param name="Acknowledge"><c>worseThanActive</c> for a version whose comparison says that it is worse.</param>
    internal sealed record Request(int Version, IReadOnlyList<string>? Acknowledge = null);

    internal static async Task<Results<Ok<ModelView>, ProblemHttpResult>> PromoteAsync(
        string id, Request request, NoahDbContext db, PromoteVersion promotion, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        var version = await ReadVersions.FindAsync(db, model, request.Version, cancellationToken);
        var check = new RequestCheck().Require(
            version is not null, "/version", "notFound", $"{model.ResourceName()} has no version {request.Version}; its latest is {model.LatestVersion}.");
        if (version?.State == ModelVersionState.Shadow && version.ReadComparison() is { Verdict: ShadowComparison.Worse } comparison)
        {
            check.Require(
                request.Acknowledge?.Contains(WorseThanActive) == true,
                "/acknowledge",
                "required",
                $"Version {version.Number} is worse than version {comparison.Against} on members that neither has seen. Send {WorseThanActive} in /acknowledge to use it all the same.",
                new[] { WorseThanActive });
        }

        return check.Failed(out var problem) ? problem : await promotion.ActivateAsync(model, version!, ModelVersionState.Retired, "models.promote", http, cancellationToken);
    }

    internal static async Task<Results<Ok<ModelView>, ProblemHttpResult>> RollBackAsync(
        string id, NoahDbContext db, PromoteVersion promotion, HttpContext http, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        return await db.Set<ModelVersion>().Where(v => v.ModelId == model.Id && v.State == ModelVersionState.Retired)
            .OrderByDescending(v => v.PromotedAt).FirstOrDefaultAsync(cancellationToken) is { } before
            ? await promotion.ActivateAsync(model, before, ModelVersionState.Shadow, "models.rollback", http, cancellationToken)
            : Problems.Transition(model.ResourceName(), model.State.ToString().ToUpperInvariant(), "rollback", model.State == ModelState.Trained ? ["train", "promote"] : ["train"]);
    }

    private async Task<Results<Ok<ModelView>, ProblemHttpResult>> ActivateAsync(
        Model model, ModelVersion version, ModelVersionState stateOfFormer, string action, HttpContext http, CancellationToken cancellationToken)
    {
        if (version.State != ModelVersionState.Active)
        {
            var former = await db.Set<ModelVersion>().SingleAsync(v => v.Id == model.ActiveVersionId, cancellationToken);
            former.State = stateOfFormer;
            model.ActiveVersionId = version.Id;
            audit.Add(action, model.ResourceName(), new { version = version.Number, former = former.Number });
            // In this order, since there may never be two active versions, not even between two statements of the transaction, which the idempotency key opens.
            await db.SaveChangesAsync(cancellationToken);
            (version.State, version.PromotedAt) = (ModelVersionState.Active, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
        }

        EntityTags.Write(http, model.Version);
        return TypedResults.Ok(ModelView.Of(model, version, links.For(ShowCard.Page, version.Id)));
    }
}
