using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Models;

/// <summary>Trains a model on one half of its experiment, weighs its increments inside that half, and scores it on the other.</summary>
internal sealed class RunTraining(
    NoahDbContext db,
    IExperiments experiments,
    IExperimentData data,
    IMemberTables members,
    ITenantSettings settings,
    TrainerOptions options,
    TrainerProcess trainer,
    ModelStore store) : IOperationHandler
{
    public const string OperationKind = "models.train";

    /// <summary>Fewer members in either half teach nothing and judge nothing.</summary>
    private const int FewestMembers = 200;

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var model = await GetModel.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var specification = model.ReadSpecification();
        var experiment = await experiments.FindAsync(model.ExperimentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"The experiment of {run.Target} does not exist any more.");
        await run.ReportAsync("reading", 0, null, "members", cancellationToken);
        var tenant = await settings.GetAsync(cancellationToken);
        var units = (await data.ReadAsync(experiment.ExperimentId, cancellationToken))!;
        var table = await members.ReadAsync(units.MemberIds, cancellationToken);
        // Models with the same seed hold the same members back, so that one may be compared with or built upon another.
        var salt = $"{tenant.Salt}/training/{specification.Seed}";
        var (training, heldOut) = TrainingData.Split(units, table, specification, salt);
        if (Math.Min(training.Count, heldOut.Count) < FewestMembers)
        {
            throw new ProblemException(
                ProblemType.NotReady, $"The halves have {training.Count} and {heldOut.Count} members with exposures; {FewestMembers} are needed in each.");
        }

        var learnt = await trainer.RunAsync(TrainerJob.Of(training, specification, experiment, salt, options), run, cancellationToken);
        await run.ReportAsync("scoring", 0, heldOut.Count, "members", cancellationToken);
        var card = CardWriter.Write(experiment, specification, tenant.Currency, training, heldOut, learnt);
        var comparison = await CompareAsync(model, learnt.Predictors, heldOut, cancellationToken);
        await run.ReportAsync("scoring", heldOut.Count, heldOut.Count, "members", cancellationToken);
        var version = await store.SaveAsync(model, card, comparison, learnt.Predictors, training, cancellationToken);
        return new OperationOutcome(model.ResourceName(), new { version = version.Number, card.Summary });
    }

    private async Task<ShadowComparison?> CompareAsync(Model model, Predictors candidate, TrainingData heldOut, CancellationToken cancellationToken)
    {
        if (await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == model.ActiveVersionId, cancellationToken) is not { } active)
        {
            return null;
        }

        var specification = model.ReadSpecification();
        var predictors = (await VersionArtifacts.ReadAsync(db, active.Id, cancellationToken)).Load(specification);
        return ShadowScoring.Compare(candidate, predictors, active.Number, heldOut, specification);
    }
}
