using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Segments.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

internal sealed class SegmentMembers(NoahDbContext db, IMemberSchema schema, IMemberQueries members, ILifetimeValues values, TimeProvider clock) : ISegmentMembers
{
    public async Task<IReadOnlyList<Guid>?> ReadAsync(Guid segmentId, CancellationToken cancellationToken)
    {
        var filter = await db.Set<Segment>().AsNoTracking().Where(s => s.Id == segmentId).Select(s => s.Filter).SingleOrDefaultAsync(cancellationToken);
        if (filter is null)
        {
            return null;
        }

        var parameters = new SqlParameters();
        return await members.ListAsync(await ConditionAsync(filter, parameters, cancellationToken), parameters, cancellationToken);
    }

    public Task<bool> ExistsAsync(Guid segmentId, CancellationToken cancellationToken) =>
        db.Set<Segment>().AnyAsync(s => s.Id == segmentId, cancellationToken);

    /// <summary>How many members the filter matches now, and of how many.</summary>
    public async Task<(long Count, long Total)> CountAsync(Segment segment, CancellationToken cancellationToken)
    {
        var parameters = new SqlParameters();
        return await members.CountAsync(await ConditionAsync(segment.Filter, parameters, cancellationToken), parameters, cancellationToken);
    }

    private async Task<string> ConditionAsync(JsonDocument filter, SqlParameters parameters, CancellationToken cancellationToken)
    {
        // It was valid when it was stored, and schemas only grow: a fault now is ours.
        var check = new RequestCheck();
        var parser = new FilterParser(
            await schema.ReadAsync(cancellationToken), check, personal: true, await values.ReadHorizonsAsync(cancellationToken));
        var parsed = parser.Parse(filter.RootElement, "/filter");
        return check.Errors.Count == 0
            ? FilterSql.Compile(parsed, parameters, clock.GetUtcNow())
            : throw new InvalidOperationException($"A stored filter is no longer valid: {check.Errors[0].Message}");
    }
}
