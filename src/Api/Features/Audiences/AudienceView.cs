using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;

namespace Noah.Api.Features.Audiences;

/// <summary>An audience as the API shows it. Counts and the time of freezing are missing until it is READY.</summary>
internal sealed record AudienceView(
    string Name,
    string DisplayName,
    string State,
    string Segment,
    AudienceExpansionTerms? Expansion,
    int? CoreCount,
    int? ExpandedCount,
    DateTimeOffset CreateTime,
    DateTimeOffset? FreezeTime)
{
    public static AudienceView Of(Audience audience) => new(
        AudienceNames.Of(audience.Id),
        audience.Name,
        audience.State.ToString().ToUpperInvariant(),
        AudienceNames.Segments.Name(audience.SegmentId),
        Terms(audience),
        audience.State == AudienceState.Ready ? audience.CoreCount : null,
        audience.State == AudienceState.Ready ? audience.ExpandedCount : null,
        audience.CreatedAt,
        audience.FrozenAt);

    public static AudienceExpansionTerms? Terms(Audience audience) => audience.Expansion?.Deserialize<AudienceExpansionTerms>(OperationJson.Options);
}
