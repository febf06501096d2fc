using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Values all customers as of now with what was learnt before.</summary>
internal sealed class RunLifetimeScoring(NoahDbContext db, CustomerLogReader reader, LifetimeScoring scoring, TimeProvider clock) : IOperationHandler
{
    public const string OperationKind = "lifetimeValues.score";

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var value = await ReadLifetimeValues.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var version = await ReadLifetimeValues.VersionAsync(db, value, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"{value.ResourceName} is not trained yet.");
        await run.ReportAsync("reading", 0, null, "events", cancellationToken);
        var (stored, reference) = (StoredLifetimeModel.Of(value, version), LifetimeScoring.MidnightBefore(clock.GetUtcNow()));
        var log = await reader.ReadAsync(value.ReadSpecification(), reference, CustomerMoments.FeatureDays, stored.Parameters.EventKinds, cancellationToken);
        await scoring.ScoreAsync(run, value, stored.Model, log, stored.Parameters.Attributes, stored.Options, null, cancellationToken);
        return new OperationOutcome(value.ResourceName, new { asOfTime = value.ScoredAsOf });
    }
}
