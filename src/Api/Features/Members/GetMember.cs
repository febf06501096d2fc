using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class GetMember
{
    internal static async Task<Results<Ok<MemberView>, ProblemHttpResult>> HandleAsync(
        string id, NoahDbContext db, IMemberSchema schema, HttpContext http, CancellationToken cancellationToken) =>
        await FindAsync(id, db, cancellationToken) is { } member
            ? TypedResults.Ok(MemberView.Of(member, await schema.ReadAsync(cancellationToken), http))
            : Problems.NotFound($"members/{id}");

    internal static async Task<Member?> FindAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Member.Prefix, id, out var memberId)
            ? await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == memberId, cancellationToken)
            : null;
}
