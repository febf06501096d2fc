using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal sealed class MemberSchemaReader(NoahDbContext db) : IMemberSchema
{
    public async Task<SortedDictionary<string, AttributeSpec>> ReadAsync(CancellationToken cancellationToken)
    {
        var attributes = await db.Set<AttributeDefinition>().AsNoTracking()
            .Select(a => new AttributeSpec(a.Name, a.Type, a.Personal)).ToListAsync(cancellationToken);
        return new(attributes.ToDictionary(a => a.Name), StringComparer.Ordinal);
    }
}
