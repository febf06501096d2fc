using System.Text.Json;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>Scores a plan's policy on members of an experiment that the model did not learn from, with the exact probabilities of its decisions.</summary>
internal sealed class EvaluatePlanningRunHandler(
    NoahDbContext db, PlanningWalk walk, IExperimentData experiments, IMemberTables tables, IModelScores models) : IOperationHandler
{
    public string Kind => EvaluatePlanningRun.Kind;

    public string Scope => Scopes.PlansWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var planning = await db.FindRunAsync(run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var experiment = run.ReadRequest<EvaluatePlanningRun.Request>().Experiment;
        await run.ReportAsync("evaluate", 0, null, "policies", cancellationToken);
        var data = await experiments.ReadAsync(PlanningNames.Experiments.Parse(experiment), cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{experiment} does not exist.");
        var terms = PlanningTerms.Of(PlanningRunView.SpecificationOf(planning));
        var stages = await walk.ReadAsync(planning.Id, cancellationToken);
        var table = await tables.ReadAsync(data.MemberIds, cancellationToken);
        var scores = await models.ScoreAsync(terms.ModelId, table, cancellationToken, stages.Scores.ModelVersion);

        var (rows, scoreRows) = HeldOut(data, table, scores);
        if (rows.Length < 2)
        {
            throw new ProblemException(ProblemType.NotReady, "The model has learnt from every member of the experiment: nobody is left to judge the plan by.");
        }

        var policies = PolicySet.Of(stages, data.Arms, [.. rows.Select(row => data.MemberIds[row])]);
        int[] arms = [.. rows.Select(row => data.ArmIndex[row])];
        double[] propensities = [.. rows.Select(row => data.Propensity[row])];
        var metrics = JudgedOutcomes.Of(data, scores, rows, scoreRows, stages.Eligibility.Campaigns)
            .Select(metric => PolicyScoring.Score(metric, policies, arms, propensities)).ToList();
        var plan = policies[TargetPolicy.Plan];
        var document = new EvaluationDocument(
            experiment,
            rows.Length,
            policies.MembersInPlan,
            plan.MailsPerMember,
            metrics,
            EvaluationSummary.Of(rows.Length, policies.MembersInPlan, plan, metrics, new MoneyText(terms.Currency)));

        planning.Evaluation = JsonSerializer.SerializeToDocument(document, OperationJson.Options);
        await db.SaveChangesAsync(cancellationToken);
        await run.ReportAsync("evaluate", policies.Policies.Count, policies.Policies.Count, "policies", cancellationToken);
        return new OperationOutcome(run.Target, new { document.Summary });
    }

    /// <summary>Rows of the experiment, and of the table, whose members the model has not learnt from.</summary>
    private static (int[] Rows, int[] ScoreRows) HeldOut(ExperimentData data, MemberTable table, ModelScores scores)
    {
        var kept = Enumerable.Range(0, data.MemberIds.Length)
            .Select(row => (Row: row, ScoreRow: Array.BinarySearch(table.MemberIds, data.MemberIds[row])))
            .Where(pair => pair.ScoreRow >= 0 && !scores.Training[pair.ScoreRow]).ToArray();
        return ([.. kept.Select(pair => pair.Row)], [.. kept.Select(pair => pair.ScoreRow)]);
    }
}
