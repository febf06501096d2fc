using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

internal static class ReadAudiences
{
    /// <param name="Member">Its name.</param>
    /// <param name="Ring"><c>core</c> or <c>expanded</c>.</param>
    /// <param name="Score">Mean similarity to the nearest seeds, in [-1, 1]; missing in the core.</param>
    /// <param name="NearestSeed">The most similar seed: the answer to "why this member?".</param>
    internal sealed record MemberItem(string Member, string Ring, float? Score, string? NearestSeed);

    internal static async Task<Results<Ok<AudienceView>, ProblemHttpResult>> GetAsync(
        string id, NoahDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        if (await db.FindAudienceAsync(id, cancellationToken) is not { } audience)
        {
            return Problems.NotFound($"audiences/{id}");
        }

        EntityTags.Write(http, audience.Version);
        return TypedResults.Ok(AudienceView.Of(audience));
    }

    internal static async Task<Ok<Page<AudienceView>>> ListAsync([AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        var after = AudienceNames.Audiences.After(page.PageToken);
        var rows = await db.Set<Audience>().AsNoTracking().Where(a => a.Id > after).OrderBy(a => a.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<AudienceView>(
            [.. shown.Select(AudienceView.Of)], rows.Count > page.Size ? PublicId.Format(Audience.Prefix, shown[^1].Id) : ""));
    }

    internal static async Task<Results<Ok<Page<MemberItem>>, ProblemHttpResult>> MembersAsync(
        string id, string? ring, [AsParameters] PageQuery page, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await db.FindAudienceAsync(id, cancellationToken) is not { } audience)
        {
            return Problems.NotFound($"audiences/{id}");
        }

        if (ring is not null && new RequestCheck().OneOf("/ring", ring, "core", "expanded").Failed(out var problem))
        {
            return problem;
        }

        AudienceRing? wanted = ring switch { "core" => AudienceRing.Core, "expanded" => AudienceRing.Expanded, _ => null };
        var after = AudienceNames.Members.After(page.PageToken);
        var rows = await db.Set<AudienceMember>().AsNoTracking()
            .Where(m => m.AudienceId == audience.Id && m.MemberId > after && (wanted == null || m.Ring == wanted))
            .OrderBy(m => m.MemberId).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<MemberItem>(
            [.. shown.Select(m => new MemberItem(
                AudienceNames.Members.Name(m.MemberId),
                m.Ring == AudienceRing.Core ? "core" : "expanded",
                m.Score,
                m.NearestSeedId is { } seed ? AudienceNames.Members.Name(seed) : null))],
            rows.Count > page.Size ? PublicId.Format(AudienceNames.Members.Prefix, shown[^1].MemberId) : ""));
    }

    public static async Task<Audience?> FindAudienceAsync(this NoahDbContext db, string id, CancellationToken cancellationToken) =>
        PublicId.TryParse(Audience.Prefix, id, out var audienceId)
            ? await db.Set<Audience>().SingleOrDefaultAsync(a => a.Id == audienceId, cancellationToken)
            : null;
}
