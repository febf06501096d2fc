using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Noah.Experimentation.Reports;

namespace Noah.Api.Features.Experiments;

/// <summary>
/// Computes an analysis and stores it under the next number. Where nothing has changed since an earlier one, that one is the answer:
/// a repetition after a crash makes no second copy.
/// </summary>
internal sealed class RunAnalysis(
    NoahDbContext db, IExperimentData data, ITenantSettings settings, IAuditLog audit, TimeProvider clock) : IOperationHandler
{
    public const string OperationKind = "experiments.analyze";
    private const int Steps = 3;

    public string Kind => OperationKind;

    public string Scope => Scopes.ReportsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var experiment = await GetExperiment.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        await run.ReportAsync("reading", 0, Steps, "steps", cancellationToken);
        var tenant = await settings.GetAsync(cancellationToken);
        var units = await data.ReadAsync(experiment.Id, cancellationToken);
        if (units is not { MemberIds.Length: > 0 })
        {
            throw new ProblemException(ProblemType.NotReady, $"{run.Target} has no exposures yet: import them first.");
        }

        await run.ReportAsync("testing", 1, Steps, "steps", cancellationToken);
        var matured = MaturedShares(experiment, units, clock.GetUtcNow());
        var digest = InputsDigest.Compute(experiment, units, matured);
        var stored = await db.Set<Analysis>().AsNoTracking()
            .SingleOrDefaultAsync(a => a.ExperimentId == experiment.Id && a.InputsDigest == digest, cancellationToken);
        if (stored is null)
        {
            var input = ExperimentInputs.Build(experiment, units, tenant.Currency);
            var report = ExperimentAnalysis.Analyze(input).Map(experiment, input, matured);
            await run.ReportAsync("storing", 2, Steps, "steps", cancellationToken);
            stored = await StoreAsync(experiment, report, digest, cancellationToken);
        }

        await run.ReportAsync("storing", Steps, Steps, "steps", cancellationToken);
        return new OperationOutcome(stored.ResourceName(), new { stored.Number, Units = units.MemberIds.Length });
    }

    /// <summary>For each metric the share of units whose own window has closed: of the others more may come.</summary>
    private static double[] MaturedShares(Experiment experiment, ExperimentData units, DateTimeOffset now) =>
    [
        .. experiment.ReadMetrics().Select(
            design => (double)units.ExposedAt.Count(exposedAt => design.ClosesAt(exposedAt, experiment.EndedAt) <= now) / units.ExposedAt.Length),
    ];

    private async Task<Analysis> StoreAsync(Experiment experiment, AnalysisReport report, byte[] digest, CancellationToken cancellationToken)
    {
        var last = await db.Set<Analysis>().Where(a => a.ExperimentId == experiment.Id).MaxAsync(a => (int?)a.Number, cancellationToken);
        var analysis = new Analysis
        {
            ExperimentId = experiment.Id,
            Number = (last ?? 0) + 1,
            Report = JsonSerializer.SerializeToDocument(report, OperationJson.Options),
            InputsDigest = digest,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(analysis);
        audit.Add("experiments.analyze", analysis.ResourceName());
        await db.SaveChangesAsync(cancellationToken);
        return analysis;
    }
}
