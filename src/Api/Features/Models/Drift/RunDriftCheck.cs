using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Profiles a sample of today's members and sets it beside the profile of the active version. What has moved far is an alarm in the audit log.</summary>
internal sealed class RunDriftCheck(NoahDbContext db, IMemberTables members, IAuditLog audit, TimeProvider clock) : IOperationHandler
{
    public const string OperationKind = "models.checkDrift";

    /// <summary>Beyond it the index of the least of shifts that matter does not get any surer.</summary>
    private const int MostMembers = 20_000;

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public static string TargetOf(Guid modelId) => $"driftChecks/{PublicId.Format(Model.Prefix, modelId)}";

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var model = await GetModel.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"models/{run.TargetId} does not exist.");
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == model.ActiveVersionId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"{model.ResourceName()} is not trained yet.");
        var artifacts = await VersionArtifacts.ReadAsync(db, version.Id, cancellationToken);
        var trained = artifacts.ReadProfile()
            ?? throw new ProblemException(ProblemType.NotReady, $"Version {version.Number} of {model.ResourceName()} was trained before profiles were kept: train it again.");
        await run.ReportAsync("profiling", 0, MostMembers, "members", cancellationToken);
        var specification = model.ReadSpecification();
        var table = await members.SampleAsync(MostMembers, cancellationToken);
        var now = ProfileWriter.Write(ModelFeatures.Build(table, specification.Features), artifacts.Load(specification), specification);
        var report = DriftComparison.Between(trained, now);
        db.Add(new DriftCheck
        {
            ModelId = model.Id,
            VersionNumber = version.Number,
            CheckedAt = clock.GetUtcNow(),
            Report = JsonSerializer.SerializeToDocument(report, OperationJson.Options),
        });
        if (report.Status is DriftReport.Moderate or DriftReport.Major)
        {
            audit.Add("models.drift", model.ResourceName(), new { report.Status, moved = report.Items.Where(item => item.Status == report.Status).Select(item => item.Name) });
        }

        await db.SaveChangesAsync(cancellationToken);
        await run.ReportAsync("profiling", table.Count, table.Count, "members", cancellationToken);
        return new OperationOutcome(model.ResourceName(), report);
    }
}
