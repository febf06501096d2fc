using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Drift checks by hand, and those that were made.</summary>
internal static class CheckDrift
{
    /// <param name="CheckTime">When it was made.</param>
    /// <param name="Version">The version that was active.</param>
    /// <param name="Report">What it found.</param>
    internal sealed record View(DateTimeOffset CheckTime, int Version, DriftReport Report);

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> StartAsync(
        string id, NoahDbContext db, IOperations operations, CancellationToken cancellationToken) =>
        await GetModel.FindAsync(db, id, cancellationToken) is { } model
            ? await operations.StartAsync(RunDriftCheck.OperationKind, RunDriftCheck.TargetOf(model.Id), new { }, cancellationToken)
            : Problems.NotFound($"models/{id}");

    internal static async Task<Results<Ok<Page<View>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await GetModel.FindAsync(db, id, cancellationToken) is not { } model)
        {
            return Problems.NotFound($"models/{id}");
        }

        var before = Guid.TryParse(page.PageToken, out var token) ? token : (Guid?)null;
        var rows = await db.Set<DriftCheck>().AsNoTracking().Where(c => c.ModelId == model.Id && (before == null || c.Id < before))
            .OrderByDescending(c => c.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<View>([.. shown.Select(Of)], rows.Count > page.Size ? $"{shown[^1].Id}" : ""));
    }

    public static async Task<View?> LatestAsync(NoahDbContext db, Model model, CancellationToken cancellationToken) =>
        await db.Set<DriftCheck>().AsNoTracking().Where(c => c.ModelId == model.Id).OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken) is { } latest
            ? Of(latest)
            : null;

    private static View Of(DriftCheck check) => new(check.CheckedAt, check.VersionNumber, check.Report.Deserialize<DriftReport>(OperationJson.Options)!);
}
