using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Noah.Prediction.Lifetime;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

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
        var (specification, parameters) = (value.ReadSpecification(), version.ReadParameters());
        var options = RunLifetimeTraining.OptionsOf(specification, parameters.KnownHorizonDays, parameters.LaterHorizonDays);
        await run.ReportAsync("reading", 0, null, "events", cancellationToken);
        var log = await reader.ReadAsync(
            specification, LifetimeScoring.MidnightBefore(clock.GetUtcNow()), CustomerMoments.FeatureDays, parameters.EventKinds, cancellationToken);
        await scoring.ScoreAsync(run, value, ModelOf(version, parameters, options), log, parameters.Attributes, options, cancellationToken);
        return new OperationOutcome(value.ResourceName, new { asOfTime = value.ScoredAsOf });
    }

    private static LifetimeModel ModelOf(LifetimeValueVersion version, LifetimeParameters parameters, LifetimeOptions options) => new(
        options,
        parameters.Method == LifetimeCardWriter.Name(LifetimeMethod.Network) ? LifetimeMethod.Network : LifetimeMethod.Transactions,
        parameters.Purchases is [var r, var alpha, var a, var b] ? new BgNbdModel(r, alpha, a, b) : null,
        parameters.Spend is [var p, var q, var v] ? new GammaGammaModel(p, q, v) : null,
        version.Network is { } network ? ValueModel.Load(new MemoryStream(network)) : null);
}
