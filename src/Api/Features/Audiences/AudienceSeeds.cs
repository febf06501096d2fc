using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Segments.Contracts;

namespace Noah.Api.Features.Audiences;

/// <summary>Finds the members whom an expansion looks for likeness to.</summary>
internal sealed class AudienceSeeds(
    ISegmentMembers segments, IEventHistory events, IModelScores models, IExperimentData experiments, TimeProvider clock)
{
    /// <summary>Rows of the table that are seeds, ascending.</summary>
    public async Task<int[]> FindAsync(SeedTerms terms, Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        if (AudienceNames.Segments.TryParse(terms.Segment, out var segmentId))
        {
            var chosen = (await segments.ReadAsync(segmentId, cancellationToken) ?? []).ToHashSet();
            return [.. Enumerable.Range(0, members.Count).Where(row => chosen.Contains(members.MemberIds[row]))];
        }

        var outcomes = await events.OutcomesAsync(terms.Event!, DateTimeOffset.UnixEpoch, clock.GetUtcNow(), cancellationToken);
        var heldOut = await HeldOutAsync(modelId, members, cancellationToken);
        return [.. Enumerable.Range(0, members.Count)
            .Where(row => outcomes.ContainsKey(members.MemberIds[row]) && !heldOut.Contains(members.MemberIds[row]))
            .OrderByDescending(row => outcomes[members.MemberIds[row]].Amount).ThenBy(row => row)
            .Take(terms.Top!.Value).Order()];
    }

    // An audience chosen by outcomes that later judge the plan would flatter or slander it, so members kept for that judgement are no seeds.
    private async Task<HashSet<Guid>> HeldOutAsync(Guid modelId, MemberTable members, CancellationToken cancellationToken)
    {
        var scores = await models.ScoreAsync(modelId, members, cancellationToken);
        var randomised = (await experiments.ReadAsync(scores.ExperimentId, cancellationToken))?.MemberIds.ToHashSet() ?? [];
        return [.. Enumerable.Range(0, members.Count)
            .Where(row => !scores.Training[row] && randomised.Contains(members.MemberIds[row]))
            .Select(row => members.MemberIds[row])];
    }
}
