using System.Diagnostics;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;
using Noah.Optimization.Exploration;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.WhatIfs;

/// <summary>Solves a run's program again from its frozen stages under other bounds, from the prices it was solved with.</summary>
internal sealed class WhatIfHandler(NoahDbContext db, PlanningWalk walk, IAllocationSolver solver) : IOperationHandler
{
    public string Kind => WhatIfPlanningRun.Kind;

    public string Scope => Scopes.PlansRead;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        var planning = await db.FindRunAsync(run.TargetId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        var (terms, pointers) = WhatIfTerms.Of(
            PlanningTerms.Of(PlanningRunView.SpecificationOf(planning)), run.ReadRequest<WhatIfPlanningRun.Request>());
        var stages = await walk.ReadAsync(planning.Id, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var (plan, result) = await SolveReport.RunAsync(run, "whatIf", (progress, token) => Solve(terms, stages, progress, token), cancellationToken);
        if (!result.TryGetPlan(out var solved))
        {
            throw PlanRefusal.Of(result.Solve, plan.Program, terms, pointers);
        }

        var effort = new WhatIfEffort(result.Solve.Diagnostics.FullPasses, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return new OperationOutcome(run.Target, WhatIfAnswer.Of(terms, stages, plan, result, solved, effort));
    }

    private (PlanProgram Plan, ExplorationResult Result) Solve(
        PlanningTerms terms, StageOutputs stages, IProgress<SolveProgress> progress, CancellationToken cancellationToken)
    {
        var plan = PlanProgram.Build(terms, stages.Eligibility, stages.Scores);
        var prices = stages.Allocation.Rows.ToDictionary(row => row.Name, row => row.DualPrice, StringComparer.Ordinal);
        double[] warmStart = [.. plan.Program.Rows.Select(row => prices.GetValueOrDefault(row.Name))];
        return (plan, new PlanSolve(solver, terms, progress, cancellationToken).Run(plan.Program, warmStart));
    }
}
