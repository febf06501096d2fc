using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning.WhatIfs;

/// <summary>Starts the solving of a run's frozen program under other bounds. It changes nothing: the answer is in the operation.</summary>
internal static class WhatIfPlanningRun
{
    public const string Kind = "planningRuns.whatIf";

    /// <summary>What is left out stays as the run has it; a band that is given replaces that of its line or channel.</summary>
    /// <param name="Budget">Most that the sends may cost together.</param>
    /// <param name="MaximumSends">Most sends altogether.</param>
    /// <param name="Lines">Volume bands of business lines.</param>
    /// <param name="Channels">Cost bands of channels.</param>
    internal sealed record Request(Money? Budget = null, int? MaximumSends = null, LineBand[]? Lines = null, ChannelBand[]? Channels = null);

    internal static async Task<Results<Accepted<OperationView>, ProblemHttpResult>> HandleAsync(
        string id, Request request, NoahDbContext db, ITenantSettings tenant, IOperations operations, CancellationToken cancellationToken)
    {
        if (await db.FindRunAsync(id, cancellationToken) is not { } run)
        {
            return Problems.NotFound($"planningRuns/{id}");
        }

        if (PlanDocument.Of(run) is not { } plan)
        {
            return PlanningTransitions.Refuse(run, "whatIf");
        }

        var currency = (await tenant.GetAsync(cancellationToken)).Currency;
        var check = new RequestCheck()
            .MaximumSends(request.MaximumSends)
            .Lines(request.Lines ?? [], plan.Lines.Select(line => line.Line).ToHashSet(StringComparer.Ordinal))
            .Channels(request.Channels ?? [], currency);
        if (request.Budget is { } budget)
        {
            check.Money("/budget", budget, currency);
        }

        return check.Failed(out var problem) ? problem : await operations.StartAsync(Kind, PlanningNames.Of(run.Id), request, cancellationToken);
    }
}
