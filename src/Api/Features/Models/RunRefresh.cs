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
using Noah.Prediction.Response;
using Noah.Prediction.Uplift;

namespace Noah.Api.Features.Models;

/// <summary>
/// Goes on with the responses of the version in use on members of the training half that it has not learnt from, once their outcomes are
/// complete. Amounts and increments stay as they are. What comes of it is judged and kept as after a training.
/// </summary>
internal sealed class RunRefresh(
    NoahDbContext db,
    IExperiments experiments,
    IExperimentRows rows,
    ITenantSettings settings,
    ITrainer trainer,
    ModelStore store,
    TimeProvider clock) : IOperationHandler
{
    public const string OperationKind = "models.refresh";

    /// <summary>Fewer say too little to be worth a version.</summary>
    private const int FewestMembers = 50;

    /// <param name="Scheduled">Nobody waits for it: nothing new is no failure.</param>
    internal sealed record Asked(bool Scheduled = false);

    public string Kind => OperationKind;

    public string Scope => Scopes.ModelsWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var model = await GetModel.FindAsync(db, run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        model.RefreshTriedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            return await RefreshAsync(model, run, cancellationToken);
        }
        catch (ProblemException nothing) when (nothing.Type == ProblemType.NothingNew && run.ReadRequest<Asked>().Scheduled)
        {
            return new OperationOutcome(model.ResourceName(), new { nothing = nothing.Message });
        }
    }

    private async Task<OperationOutcome> RefreshAsync(Model model, OperationRun run, CancellationToken cancellationToken)
    {
        var former = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == model.ActiveVersionId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"{model.ResourceName()} is not trained yet.");
        var specification = model.ReadSpecification();
        var experiment = await experiments.FindAsync(model.ExperimentId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotReady, $"The experiment of {run.Target} does not exist any more.");
        if (clock.GetUtcNow() < experiment.EndedAt)
        {
            throw new ProblemException(ProblemType.NothingNew, $"No outcome is complete before {experiment.EndedAt:yyyy-MM-dd HH:mm} UTC, when the experiment's outcome window ends.");
        }

        var artifacts = await VersionArtifacts.ReadAsync(db, former.Id, cancellationToken);
        var predictors = artifacts.Load(specification);
        var known = predictors.Response
            ?? throw new ProblemException(ProblemType.NotReady, $"Version {former.Number} of {model.ResourceName()} has no responses to go on with.");
        var seen = TrainedMembers.Read(artifacts[TrainedMembers.Artifact]);
        RefreshSchema.RequireArms(experiment, known, former.Number);
        var tenant = await settings.GetAsync(cancellationToken);
        var (halves, added) = ((TrainingHalves?)null, 0);
        var learnt = await trainer.RunAsync(
            new TrainerTask<TrainerResult>(
                RefreshLearning.Kind,
                async (folder, stop) => (halves, added) = await StreamAsync(folder, known, former.Number, seen, specification, experiment, tenant, run, stop),
                TrainerResult.Read),
            run, cancellationToken);
        var judged = halves!.HeldOut.Count;
        await run.ReportAsync("scoring", 0, judged, "members", cancellationToken);
        var refreshed = predictors with { Response = learnt.Predictors.Response };
        var card = RefreshCard.Write(
            former, experiment, specification, tenant.Currency, halves, added, predictors, refreshed, learnt.Seconds);
        var comparison = ShadowScoring.Compare(
            new Predictors(refreshed.Response, null, new Dictionary<int, UpliftModel>()), predictors, former.Number, halves.HeldOut, specification);
        await run.ReportAsync("scoring", judged, judged, "members", cancellationToken);
        var profile = ProfileWriter.Write(halves.Training.Features, refreshed, specification);
        seen.UnionWith(halves.TrainingMembers);
        var version = await store.SaveAsync(model, new LearntVersion(OperationKind, card, comparison, refreshed, profile, [.. seen.Order()]), cancellationToken);
        return new OperationOutcome(model.ResourceName(), new { version = version.Number, from = former.Number, members = added, comparison.Verdict, card.Summary });
    }

    private async Task<(TrainingHalves Halves, int Added)> StreamAsync(
        string folder, ResponseModel known, int number, HashSet<Guid> seen, ModelSpecification specification, ExperimentTerms experiment, TenantSettings tenant,
        OperationRun run, CancellationToken cancellationToken)
    {
        var salt = specification.SaltOf(tenant);
        var terms = TrainerTerms.Of(specification with { Value = null }, experiment, trainer.Threads);
        using var job = JobRows.Create(folder, terms);
        var halves = await TrainingHalves.ReadAsync(
            rows, experiment, specification, salt,
            training =>
            {
                int[] added = [.. Enumerable.Range(0, training.Count).Where(row => !seen.Contains(training.MemberIds[row]))];
                if (added.Length > 0)
                {
                    var batch = training.Select(added);
                    job.Add(TrainerJob.Of(batch with { Features = RefreshSchema.Restrict(batch.Features, known, number) }, terms, salt));
                }
            },
            run, cancellationToken);
        job.Finish();
        RefreshLearning.WriteBase(folder, known);
        return job.Rows >= FewestMembers
            ? (halves, job.Rows)
            : throw new ProblemException(
                ProblemType.NothingNew,
                $"Of the {halves.TrainingMembers.Count} members to learn from, version {number} has not seen {job.Rows}; {FewestMembers} are needed. Import later exposures first.");
    }
}
