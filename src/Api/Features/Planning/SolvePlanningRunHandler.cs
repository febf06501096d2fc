using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Planning;

/// <summary>Makes a plan: the stages with their checkpoints, then allocations and plan in one transaction.</summary>
internal sealed class SolvePlanningRunHandler(
    NoahDbContext db, PlanningWalk walk, StageCheckpoints checkpoints, AllocationWriter writer, TimeProvider clock) : IOperationHandler
{
    public string Kind => SolvePlanningRun.Kind;

    public string Scope => Scopes.PlansWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var planning = await db.FindRunAsync(run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        if (planning.State != PlanningRunState.Draft)
        {
            return new OperationOutcome(run.Target);
        }

        var specification = PlanningRunView.SpecificationOf(planning);
        var terms = PlanningTerms.Of(specification);
        var stages = await WalkAsync(planning, terms, run, cancellationToken);
        var digests = await checkpoints.DigestsAsync(planning.Id, cancellationToken);
        var plan = PlanBuilder.Build(specification, terms, stages, await PreviousAsync(planning.Id, cancellationToken), digests);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await writer.WriteAsync(planning.Id, stages, cancellationToken);
        planning.Plan = JsonSerializer.SerializeToDocument(plan, OperationJson.Options);
        planning.Conflict = null;
        planning.State = PlanningRunState.Solved;
        planning.SolvedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new OperationOutcome(run.Target, new { plan.Summary, plan.Totals });
    }

    /// <summary>A conflict of the rules is kept with the run, whose page explains it; a run with other rules is another run.</summary>
    private async Task<StageOutputs> WalkAsync(PlanningRun planning, PlanningTerms terms, OperationRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await walk.RunAsync(planning.Id, terms, run, cancellationToken);
        }
        catch (ProblemException conflict) when (conflict.Type == ProblemType.InfeasiblePlan)
        {
            planning.Conflict = JsonSerializer.SerializeToDocument(new PlanConflict(conflict.Message, conflict.Errors), OperationJson.Options);
            await db.SaveChangesAsync(cancellationToken);
            throw;
        }
    }

    private async Task<PreviousPlan?> PreviousAsync(Guid runId, CancellationToken cancellationToken)
    {
        var last = await db.Set<PlanningRun>().AsNoTracking().Where(r => r.Id != runId && r.Plan != null)
            .OrderByDescending(r => r.AppliedAt ?? r.SolvedAt).ThenByDescending(r => r.Id)
            .Select(r => new { r.Name, r.Plan }).FirstOrDefaultAsync(cancellationToken);
        return last?.Plan!.RootElement.GetProperty("totals").Deserialize<Forecast>(OperationJson.Options) is { } totals ? new PreviousPlan(last.Name, totals) : null;
    }
}
