using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Noah.Prediction.Value;

namespace Noah.Api.Features.Models;

/// <summary>Trains a model on one half of its experiment, weighs its increments inside that half, and scores it on the other.</summary>
internal sealed class RunTraining(
    NoahDbContext db, IExperiments experiments, IExperimentData data, IMemberTables members, ITenantSettings settings, ModelStore store)
    : IOperationHandler
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

        var stages = new TrainingStages(run);
        var actions = units.Arms;
        var response = await stages.RunAsync(
            "training responses", (progress, stop) => Predictors.TrainResponse(training, specification, actions, progress, stop), cancellationToken);
        var value = await stages.RunAsync(
            "training value", (progress, stop) => Predictors.TrainValue(training, specification, actions, progress, stop), cancellationToken);
        var increments = value is null ? [] : await stages.RunAsync(
            "cross-checking increments",
            (progress, stop) => Weigh(experiment, training, specification, value, CrossFitting.Predict(training, specification, actions, salt, progress, stop)),
            cancellationToken);
        await run.ReportAsync("scoring", 0, heldOut.Count, "members", cancellationToken);
        var predictors = new Predictors(response, value);
        var card = CardWriter.Write(experiment, specification, tenant.Currency, training, heldOut, predictors, increments, stages.Seconds);
        var comparison = await CompareAsync(model, predictors, heldOut, cancellationToken);
        await run.ReportAsync("scoring", heldOut.Count, heldOut.Count, "members", cancellationToken);
        var version = await store.SaveAsync(model, card, comparison, predictors, training, cancellationToken);
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

    private static CardIncrement[] Weigh(
        ExperimentTerms experiment, TrainingData training, ModelSpecification specification, ValueModel model, double[][] crossFitted)
    {
        double[] means = [.. experiment.Arms.Select((_, arm) => model.Predict(training.Features, arm).Average(prediction => prediction.Mean))];
        return [.. Enumerable.Range(1, experiment.Arms.Count - 1).Select(arm => IncrementEvidence.Weigh(
            arm, experiment.Arms, training, training.Outcomes[specification.Value!], crossFitted, means[arm] - means[0]))];
    }
}
