using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal static class PutAccount
{
    internal sealed record Request(string DisplayName);

    internal static async Task<Results<Ok<AccountView>, Created<AccountView>, ProblemHttpResult>> HandleAsync(
        string externalId, Request request, NoahDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var check = new RequestCheck()
            .Require(externalId.Length <= 200, "", "tooLong", "An external id has at most 200 characters.")
            .Text("/displayName", request.DisplayName);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var created = await db.Database.SqlQuery<bool>(
            $$"""
            INSERT INTO accounts (tenant_id, id, external_id, name, attributes, created_at)
            VALUES (noah_tenant(), {{Guid.CreateVersion7()}}, {{externalId}}, {{request.DisplayName}}, {{"{}"}}::jsonb, {{clock.GetUtcNow()}})
            ON CONFLICT (tenant_id, external_id) DO UPDATE SET name = excluded.name
            RETURNING (xmax = 0) AS "Value"
            """).ToListAsync(cancellationToken);
        var view = AccountView.Of(await db.Set<Account>().AsNoTracking().SingleAsync(a => a.ExternalId == externalId, cancellationToken));
        return created.Single() ? TypedResults.Created($"/v1/{view.Name}", view) : TypedResults.Ok(view);
    }
}
