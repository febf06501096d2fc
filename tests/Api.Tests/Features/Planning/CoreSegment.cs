using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Segments.Contracts;

namespace Noah.Api.Tests.Features.Planning;

/// <summary>Every segment matches the members whose attribute <c>core</c> is 1.</summary>
internal sealed class CoreSegment(IMemberTables tables) : ISegmentMembers
{
    public async Task<IReadOnlyList<Guid>?> ReadAsync(Guid segmentId, CancellationToken cancellationToken)
    {
        var members = await tables.ReadAsync(null, cancellationToken);
        var core = members.Columns.Single(column => column.Name == "core").Numbers!;
        return [.. members.MemberIds.Where((_, row) => core[row] == 1)];
    }

    public Task<bool> ExistsAsync(Guid segmentId, CancellationToken cancellationToken) => Task.FromResult(true);
}
