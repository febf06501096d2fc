using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Walks the six stages. Each takes the frozen output of those before it and writes its own once.</summary>
internal sealed class PlanningWalk(
    StageCheckpoints checkpoints, EligibilityStage eligibility, ScoresStage scores, IAllocationSolver solver, ContentStage content, SendTimeStage sendTime)
{
    public const string Eligibility = "eligibility";
    public const string Scores = "scores";
    public const string Allocation = "allocation";
    public const string Frontier = "frontier";
    public const string Content = "content";
    public const string SendTime = "sendTime";

    private static readonly string[] Stages = [Eligibility, Scores, Allocation, Frontier, Content, SendTime];

    public async Task<StageOutputs> RunAsync(Guid runId, PlanningTerms terms, OperationRun run, CancellationToken cancellationToken)
    {
        async Task<T> Stage<T>(string name, Func<Task<T>> compute)
        {
            await run.ReportAsync(name, Array.IndexOf(Stages, name), Stages.Length, "stages", cancellationToken);
            return await checkpoints.RunAsync(runId, name, compute, cancellationToken);
        }

        var eligible = await Stage(Eligibility, () => eligibility.RunAsync(terms, cancellationToken));
        if (eligible.MemberIds.Length == 0)
        {
            var left = eligible.Total;
            throw new ProblemException(
                ProblemType.AudienceEmpty,
                $"Nobody can be mailed: of {left.Audience} members {left.AfterConsent} have consent, {left.AfterCap} have room under the cap and none is outside the holdout.");
        }

        var scored = await Stage(Scores, () => scores.RunAsync(terms, eligible, cancellationToken));
        var allocated = await Stage(Allocation, () => SolveReport.RunAsync(
            run, Allocation, (progress, token) => AllocationStage.Run(terms, eligible, scored, solver, progress, token), cancellationToken));
        var frontier = await Stage(Frontier, () => SolveReport.RunAsync(
            run, Frontier, (progress, token) => RunFrontier(terms, eligible, scored, allocated, progress, token), cancellationToken));
        var worded = await Stage(Content, () => content.RunAsync(terms, eligible, allocated, cancellationToken));
        var timed = await Stage(SendTime, () => sendTime.RunAsync(terms, eligible, allocated, cancellationToken));
        await run.ReportAsync(SendTime, Stages.Length, Stages.Length, "stages", cancellationToken);
        return new StageOutputs(eligible, scored, allocated, worded, timed, frontier);
    }

    /// <summary>The stored outputs of a solved run.</summary>
    public async Task<StageOutputs> ReadAsync(Guid runId, CancellationToken cancellationToken) => new(
        await checkpoints.ReadAsync<EligibilityOutput>(runId, Eligibility, cancellationToken) ?? throw Missing(),
        await checkpoints.ReadAsync<ScoresOutput>(runId, Scores, cancellationToken) ?? throw Missing(),
        await checkpoints.ReadAsync<AllocationOutput>(runId, Allocation, cancellationToken) ?? throw Missing(),
        await checkpoints.ReadAsync<ContentOutput>(runId, Content, cancellationToken) ?? throw Missing(),
        await checkpoints.ReadAsync<SendTimeOutput>(runId, SendTime, cancellationToken) ?? throw Missing(),
        await checkpoints.ReadAsync<FrontierOutput>(runId, Frontier, cancellationToken));

    private FrontierOutput RunFrontier(
        PlanningTerms terms, EligibilityOutput eligible, ScoresOutput scored, AllocationOutput allocated, IProgress<SolveProgress> progress, CancellationToken cancellationToken) =>
        new FrontierStage(PlanProgram.Build(terms, eligible, scored), allocated, new PlanSolve(solver, terms, null, cancellationToken), progress).Run(terms.Budget);

    private static ProblemException Missing() => new(ProblemType.NotReady, "The run is not solved yet: :solve it first.");
}
