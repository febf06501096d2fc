using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal sealed class MemberContacts(NoahDbContext db, ITenantSettings settings) : IMemberContacts
{
    public async Task<IReadOnlyDictionary<Guid, MemberContact>> ReadAsync(IReadOnlyCollection<Guid> memberIds, CancellationToken cancellationToken)
    {
        var tenant = await settings.GetAsync(cancellationToken);
        var ids = memberIds.ToArray();
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id))
            .Select(m => new { m.Id, m.Email, m.TimeZone, m.Attributes }).ToListAsync(cancellationToken);
        return members.ToDictionary(m => m.Id, m => new MemberContact(m.Id, m.Email, m.TimeZone ?? tenant.TimeZone, Values(m.Attributes.RootElement)));
    }

    private static Dictionary<string, object?> Values(JsonElement attributes) => attributes.EnumerateObject().ToDictionary(
        a => a.Name,
        object? (a) => a.Value.ValueKind switch
        {
            JsonValueKind.Number => a.Value.GetDouble(),
            JsonValueKind.True or JsonValueKind.False => a.Value.GetBoolean(),
            JsonValueKind.Array => string.Join(", ", a.Value.EnumerateArray().Select(name => name.GetString())),
            _ => a.Value.GetString(),
        });
}
