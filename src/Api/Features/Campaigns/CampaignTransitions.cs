using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Campaigns;

/// <summary>Which verb leads where. A verb that leads to the state already held is a repetition and changes nothing.</summary>
internal static class CampaignTransitions
{
    private static readonly Dictionary<(CampaignState From, string Verb), CampaignState> Table = new()
    {
        [(CampaignState.Draft, "validate")] = CampaignState.Ready,
        [(CampaignState.Ready, "validate")] = CampaignState.Ready,
        [(CampaignState.Ready, "launch")] = CampaignState.Running,
        [(CampaignState.Running, "launch")] = CampaignState.Running,
        [(CampaignState.Running, "pause")] = CampaignState.Paused,
        [(CampaignState.Paused, "pause")] = CampaignState.Paused,
        [(CampaignState.Paused, "resume")] = CampaignState.Running,
        [(CampaignState.Running, "resume")] = CampaignState.Running,
        [(CampaignState.Draft, "cancel")] = CampaignState.Cancelled,
        [(CampaignState.Ready, "cancel")] = CampaignState.Cancelled,
        [(CampaignState.Running, "cancel")] = CampaignState.Cancelled,
        [(CampaignState.Paused, "cancel")] = CampaignState.Cancelled,
        [(CampaignState.Cancelled, "cancel")] = CampaignState.Cancelled,
    };

    /// <summary>The state that the verb leads to; null when the present state refuses it.</summary>
    public static CampaignState? Next(CampaignState from, string verb) => Table.TryGetValue((from, verb), out var next) ? next : null;

    public static ProblemHttpResult Refuse(Campaign campaign, CampaignState state, string verb) => Problems.Transition(
        CampaignNames.Of(campaign.Id),
        state.ToString().ToUpperInvariant(),
        verb,
        [.. Table.Keys.Where(key => key.From == state).Select(key => key.Verb).Order(StringComparer.Ordinal)]);
}
