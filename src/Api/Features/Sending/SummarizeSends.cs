using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>Every planned send is in exactly one of these counts: planned = waiting + handed over + skipped + failed + cancelled + unknown.</summary>
internal static class SummarizeSends
{
    /// <param name="Campaign">Whose sends.</param>
    /// <param name="Planned">All that were ever planned.</param>
    /// <param name="Waiting">Not yet ended: planned, deferred or in a worker's hands.</param>
    /// <param name="Due">Those of the waiting that are due by the host's clock; 0 once everything up to now has been dealt with.</param>
    /// <param name="NextDueAt">When the first that is not yet due will be.</param>
    /// <param name="HandedOver">Taken by the mail server, with whatever came of it since.</param>
    /// <param name="Skipped">Not allowed when their time came.</param>
    /// <param name="Failed">Refused for good.</param>
    /// <param name="Cancelled">Their campaign was.</param>
    /// <param name="Unknown">Perhaps taken; an operator decides.</param>
    /// <param name="Breakdown">Counts by state and reason.</param>
    internal sealed record Response(
        string Campaign,
        int Planned,
        int Waiting,
        int Due,
        DateTimeOffset? NextDueAt,
        int HandedOver,
        int Skipped,
        int Failed,
        int Cancelled,
        int Unknown,
        IReadOnlyList<Count> Breakdown);

    internal sealed record Count(string State, string? Reason, int Sends);

    private static readonly SendState[] WaitingStates = [SendState.Planned, SendState.Deferred, SendState.Claimed];
    private static readonly SendState[] HandedStates = [SendState.HandedOver, SendState.Delivered, SendState.Bounced, SendState.Complained];

    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        string id, ICampaigns campaigns, NoahDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("cmp", id, out var campaignId) || (await campaigns.ReadAsync([campaignId], cancellationToken)).Count == 0)
        {
            return Problems.NotFound($"campaigns/{id}");
        }

        // One statement, so that the counts are of one instant.
        var now = clock.GetUtcNow();
        var groups = await db.Set<Send>().Where(send => send.CampaignId == campaignId)
            .GroupBy(send => new { send.State, send.Reason })
            .Select(group => new
            {
                group.Key.State,
                group.Key.Reason,
                Sends = group.Count(),
                Due = group.Count(send => send.DueAt <= now),
                NextDueAt = group.Min(send => send.DueAt > now ? send.DueAt : (DateTimeOffset?)null),
            })
            .ToListAsync(cancellationToken);
        int Sum(params SendState[] states) => groups.Where(group => states.Contains(group.State)).Sum(group => group.Sends);
        var waiting = groups.Where(group => WaitingStates.Contains(group.State)).ToList();
        return TypedResults.Ok(new Response(
            $"campaigns/{id}",
            groups.Sum(group => group.Sends),
            Sum(WaitingStates),
            waiting.Sum(group => group.Due),
            waiting.Min(group => group.NextDueAt),
            Sum(HandedStates),
            Sum(SendState.Skipped),
            Sum(SendState.Failed),
            Sum(SendState.Cancelled),
            Sum(SendState.Unknown),
            [.. groups.OrderBy(group => group.State).ThenBy(group => group.Reason, StringComparer.Ordinal)
                .Select(group => new Count(SendView.StateName(group.State), group.Reason, group.Sends))]));
    }
}
