using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Comparing;
using Noah.Api.Features.Planning.Evaluation;
using Noah.Api.Features.Planning.PlanPage;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Features.Planning.WhatIfs;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;
using Noah.Optimization.Duals;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning;

/// <summary>Decides whom to mail with a budget, says why, and scores the decision honestly.</summary>
internal static class PlanningFeature
{
    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddScoped<PlanningChecks>();
        services.AddSingleton<IAllocationSolver>(new DualSolver());
        services.AddScoped<StageCheckpoints>();
        services.AddScoped<EligibilityStage>();
        services.AddScoped<ScoresStage>();
        services.AddScoped<ContentStage>();
        services.AddScoped<SendTimeStage>();
        services.AddScoped<PlanningWalk>();
        services.AddScoped<AllocationWriter>();
        services.AddScoped<IOperationHandler, SolvePlanningRunHandler>();
        services.AddScoped<IOperationHandler, EvaluatePlanningRunHandler>();
        services.AddScoped<IOperationHandler, WhatIfHandler>();
        services.AddScoped<IOperationHandler, CompareHandler>();
    }

    public static void MapPlanning(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/planningRuns").WithTags("Planning");
        group.MapPost("/", CreatePlanningRun.HandleAsync).RequireScope(Scopes.PlansWrite).AcceptIdempotencyKey()
            .WithName("CreatePlanningRun").WithSummary("Freezes what is to be planned");
        group.MapGet("/", ReadPlanningRuns.ListAsync).RequireScope(Scopes.PlansRead)
            .WithName("ListPlanningRuns").WithSummary("Runs, newest last, without their plans");
        group.MapGet("/{id:rid}", ReadPlanningRuns.GetAsync).RequireScope(Scopes.PlansRead)
            .WithName("GetPlanningRun").WithSummary("One run with its plan and evaluation");
        group.MapPost("/{id:rid}:solve", SolvePlanningRun.HandleAsync).RequireScope(Scopes.PlansWrite).RequireIdempotencyKey()
            .WithName("SolvePlanningRun").WithSummary("Makes the plan (operation)");
        group.MapPost("/{id:rid}:apply", ApplyPlanningRun.HandleAsync).RequireScope(Scopes.PlansWrite).RequireIdempotencyKey()
            .WithName("ApplyPlanningRun").WithSummary("Writes the plan's sends to the ledger");
        group.MapPost("/{id:rid}:evaluate", EvaluatePlanningRun.HandleAsync).RequireScope(Scopes.PlansWrite).AcceptIdempotencyKey()
            .WithName("EvaluatePlanningRun").WithSummary("Scores the planned policy on randomised data it was not trained on (operation)");
        group.MapGet("/{id:rid}:frontier", ReadFrontier.HandleAsync).RequireScope(Scopes.PlansRead)
            .WithName("GetPlanningRunFrontier").WithSummary("What other budgets would come to, and each rule's price around its bound");
        group.MapPost("/{id:rid}:whatIf", WhatIfPlanningRun.HandleAsync).RequireScope(Scopes.PlansRead).AcceptIdempotencyKey()
            .WithName("WhatIfPlanningRun").WithSummary("Solves the run's frozen program under other bounds (operation; the answer is its metadata)");
        routes.MapPost("/v1/planningRuns:compare", ComparePlanningRuns.HandleAsync).WithTags("Planning").RequireScope(Scopes.PlansRead).AcceptIdempotencyKey()
            .WithName("ComparePlanningRuns").WithSummary("Sets solved plans side by side and counts whose decisions differ (operation; the answer is its metadata)");
        group.MapGet("/{id:rid}/allocations", ReadAllocations.ListAsync).RequireScope(Scopes.PlansRead)
            .WithName("ListAllocations").WithSummary("Every decision with its probability; ?sent=true for the sends only");
        group.MapGet("/{id:rid}/allocations/{memberId:rid}", ReadAllocations.ExplainAsync).RequireScope(Scopes.PlansRead)
            .WithName("ExplainAllocation").WithSummary("Why a member gets what it gets");

        routes.MapGet($"/{ShowPlan.Page.Path}/{{token}}", ShowPlan.HandleAsync).WithTags("Planning").AllowAnonymous()
            .WithName("ShowPlan").WithSummary("The page of a plan behind a signed, expiring link");
    }
}
