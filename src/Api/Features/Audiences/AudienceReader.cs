using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

internal sealed class AudienceReader(NoahDbContext db) : IAudienceMembers
{
    public async Task<AudienceTerms?> FindAsync(Guid audienceId, CancellationToken cancellationToken) =>
        await db.Set<Audience>().AsNoTracking().Where(a => a.Id == audienceId)
            .Select(a => new AudienceTerms(a.Id, a.Name, a.State == AudienceState.Ready, a.CoreCount + a.ExpandedCount))
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<AudienceSnapshot?> ReadAsync(Guid audienceId, CancellationToken cancellationToken)
    {
        if (await FindAsync(audienceId, cancellationToken) is not { Frozen: true } audience)
        {
            return null;
        }

        var members = await db.Set<AudienceMember>().AsNoTracking().Where(m => m.AudienceId == audienceId).OrderBy(m => m.MemberId)
            .Select(m => new AudienceEntry(m.MemberId, m.Ring == AudienceRing.Expanded, m.Score))
            .ToListAsync(cancellationToken);
        return new AudienceSnapshot(audienceId, audience.Name, members);
    }
}
