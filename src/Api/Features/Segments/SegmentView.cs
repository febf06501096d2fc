using System.Text.Json;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

/// <summary>A segment as the API shows it.</summary>
internal sealed record SegmentView(string Name, string DisplayName, JsonDocument Filter, int Version, DateTimeOffset CreateTime)
{
    public static SegmentView Of(Segment segment) => new(
        $"segments/{PublicId.Format(Segment.Prefix, segment.Id)}", segment.Name, segment.Filter, segment.Version, segment.CreatedAt);
}
