using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>A line of the ledger as the API shows it.</summary>
internal sealed record SendView(
    string Name,
    string Campaign,
    string Member,
    string Variant,
    string PlanningRun,
    string State,
    string? Reason,
    DateTimeOffset DueAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RetryAt,
    DateTimeOffset? HandOverStartedAt,
    DateTimeOffset? HandedOverAt,
    string? ProviderReference,
    int Attempts,
    int WeeklyCap,
    double Propensity,
    DateTimeOffset CreateTime)
{
    /// <summary>The states by their names in the API, such as <c>HANDED_OVER</c>.</summary>
    public static readonly IReadOnlyDictionary<string, SendState> States = Enum.GetValues<SendState>().ToDictionary(StateName);

    public static string StateName(SendState state) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(state.ToString());

    public static SendView Of(Send send)
    {
        var campaign = $"campaigns/{PublicId.Format("cmp", send.CampaignId)}";
        return new SendView(
            $"sends/{PublicId.Format(Send.Prefix, send.Id)}",
            campaign,
            $"members/{PublicId.Format("mem", send.MemberId)}",
            $"{campaign}/variants/{PublicId.Format("var", send.VariantId)}",
            $"planningRuns/{PublicId.Format("pln", send.RunId)}",
            StateName(send.State),
            send.Reason,
            send.DueAt,
            send.ExpiresAt,
            send.RetryAt,
            send.HandOverStartedAt,
            send.HandedOverAt,
            send.ProviderReference,
            send.Attempts,
            send.WeeklyCap,
            send.Propensity,
            send.CreatedAt);
    }
}
