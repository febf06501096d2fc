using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Changes by which version customers are valued: forwards by choice, back by one step. An operation, as the scores change with it.</summary>
internal static class PromoteLifetimeVersion
{
    private const string WorseThanActive = "worseThanActive";

    /// <param name="Version">Number of the version to value customers by from now on.</param>
    /// <param name="Acknowledge"><c>worseThanActive</c> for a version whose comparison says that it is worse in something.</param>
    internal sealed record Request(int Version, IReadOnlyList<string>? Acknowledge = null);

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> PromoteAsync(
        string id, Request request, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is not { } value)
        {
            return Problems.NotFound($"lifetimeValues/{id}");
        }

        var version = await ReadLifetimeVersions.FindAsync(db, value, request.Version, cancellationToken);
        var check = new RequestCheck().Require(
            version is not null, "/version", "notFound", $"{value.ResourceName} has no version {request.Version}; its latest is {value.LatestVersion}.");
        if (version?.State == LifetimeVersionState.Shadow && version.ReadComparison() is { } comparison && !LifetimeComparison.TakesOver(comparison))
        {
            check.Require(
                request.Acknowledge?.Contains(WorseThanActive) == true,
                "/acknowledge",
                "required",
                $"{comparison.Summary} Send {WorseThanActive} in /acknowledge to use version {version.Number} all the same.",
                new[] { WorseThanActive });
        }

        return check.Failed(out var problem)
            ? problem
            : await operations.StartAsync(RunLifetimePromotion.OperationKind, value.ResourceName, new RunLifetimePromotion.Asked(request.Version), cancellationToken);
    }

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> RollBackAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken)
    {
        if (await ReadLifetimeValues.FindAsync(db, id, cancellationToken) is not { } value)
        {
            return Problems.NotFound($"lifetimeValues/{id}");
        }

        return await db.Set<LifetimeValueVersion>().Where(v => v.LifetimeValueId == value.Id && v.State == LifetimeVersionState.Retired)
            .OrderByDescending(v => v.PromotedAt).Select(v => (int?)v.Number).FirstOrDefaultAsync(cancellationToken) is { } before
            ? await operations.StartAsync(RunLifetimePromotion.OperationKind, value.ResourceName, new RunLifetimePromotion.Asked(before, RollBack: true), cancellationToken)
            : Problems.Transition(value.ResourceName, value.VersionId is null ? "DRAFT" : "TRAINED", "rollback", value.VersionId is null ? ["train"] : ["train", "promote"]);
    }
}
