using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Values all customers by another version, and makes it the active one in the same transaction.</summary>
internal sealed class RunLifetimePromotion(NoahDbContext db, CustomerLogReader reader, LifetimeScoring scoring, IAuditLog audit, TimeProvider clock)
    : IOperationHandler
{
    public const string OperationKind = "lifetimeValues.promote";

    /// <param name="Version">Its number.</param>
    /// <param name="RollBack">The version in use goes back to the shadow, instead of becoming one that can be gone back to.</param>
    internal sealed record Asked(int Version, bool RollBack = false);

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var asked = run.ReadRequest<Asked>();
        var value = await ReadLifetimeValues.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var version = await ReadLifetimeVersions.FindAsync(db, value, asked.Version, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{value.ResourceName} has no version {asked.Version}.");
        if (version.State != LifetimeVersionState.Active)
        {
            await run.ReportAsync("reading", 0, null, "events", cancellationToken);
            var (stored, reference) = (StoredLifetimeModel.Of(value, version), LifetimeScoring.MidnightBefore(clock.GetUtcNow()));
            var log = await reader.ReadAsync(value.ReadSpecification(), reference, CustomerMoments.FeatureDays, stored.Parameters.EventKinds, cancellationToken);
            audit.Add(asked.RollBack ? "lifetimeValues.rollback" : OperationKind, value.ResourceName, new { version = version.Number });
            await scoring.ScoreAsync(
                run, value, stored.Model, log, stored.Parameters.Attributes, stored.Options,
                new LifetimeActivation(version, asked.RollBack ? LifetimeVersionState.Shadow : LifetimeVersionState.Retired), cancellationToken);
        }

        return new OperationOutcome(value.ResourceName, new { version = version.Number, asOfTime = value.ScoredAsOf });
    }
}
