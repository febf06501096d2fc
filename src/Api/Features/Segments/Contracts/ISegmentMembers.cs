namespace Noah.Api.Features.Segments.Contracts;

/// <summary>Evaluates segments.</summary>
internal interface ISegmentMembers
{
    /// <summary>The members whom the segment's filter matches now, ascending; null when there is no such segment.</summary>
    Task<IReadOnlyList<Guid>?> ReadAsync(Guid segmentId, CancellationToken cancellationToken);

    /// <summary>True when the segment exists.</summary>
    Task<bool> ExistsAsync(Guid segmentId, CancellationToken cancellationToken);
}
