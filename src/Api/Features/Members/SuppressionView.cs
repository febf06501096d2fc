using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>A suppression as the API shows it: by the hash, as the address itself is not kept.</summary>
internal sealed record SuppressionView(
    string Name, string Channel, string? Topic, string AddressHash, SuppressionReason Reason, string Source, DateTimeOffset CreateTime)
{
    public static SuppressionView Of(Suppression suppression) => new(
        $"suppressions/{PublicId.Format(Suppression.Prefix, suppression.Id)}", suppression.Channel, suppression.Topic,
        Convert.ToHexStringLower(suppression.AddressHash), suppression.Reason, suppression.Source, suppression.CreatedAt);
}
