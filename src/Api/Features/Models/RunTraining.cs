using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Drift;
using Noah.Api.Features.Models.Trainer;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Features.Training.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Models;

/// <summary>Trains a model on one half of its experiment, weighs its increments inside that half, and scores it on the other.</summary>
internal sealed class RunTraining(
    NoahDbContext db,
    IExperiments experiments,
    IExperimentRows rows,
    ITenantSettings settings,
    ITrainer trainer,
    ModelStore store) : IOperationHandler
{
    public const string OperationKind = "models.train";

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
        TrainingHalves? halves = null;
        var task = new TrainerTask<TrainerResult>(
            Learning.Kind, async (folder, stop) => halves = await StreamAsync(folder, specification, experiment, tenant, run, stop), TrainerResult.Read);
        var learnt = await trainer.RunAsync(task, run, cancellationToken);
        var judged = halves!.HeldOut.Count;
        await run.ReportAsync("scoring", 0, judged, "members", cancellationToken);
        var card = CardWriter.Write(experiment, specification, tenant.Currency, halves, learnt);
        var comparison = await CompareAsync(model, learnt.Predictors, halves.HeldOut, cancellationToken);
        await run.ReportAsync("scoring", judged, judged, "members", cancellationToken);
        var profile = ProfileWriter.Write(halves.Training.Features, learnt.Predictors, specification);
        var version = await store.SaveAsync(
            model, new LearntVersion(OperationKind, card, comparison, learnt.Predictors, profile, halves.TrainingMembers), cancellationToken);
        return new OperationOutcome(model.ResourceName(), new { version = version.Number, card.Summary });
    }

    private async Task<TrainingHalves> StreamAsync(
        string folder, ModelSpecification specification, ExperimentTerms experiment, TenantSettings tenant, OperationRun run, CancellationToken cancellationToken)
    {
        var salt = specification.SaltOf(tenant);
        var terms = TrainerTerms.Of(specification, experiment, trainer.Threads);
        using var job = JobRows.Create(folder, terms);
        var halves = await TrainingHalves.ReadAsync(
            rows, experiment, specification, salt, training => job.Add(TrainerJob.Of(training, terms, salt)), run, cancellationToken);
        job.Finish();
        return halves;
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
