using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using NodaTime;

namespace Noah.Api.Features.Members;

/// <summary>Creates the member with this external id, or replaces what is known of them. Consent is not touched.</summary>
internal static class PutMember
{
    /// <param name="Email">Address; personal data.</param>
    /// <param name="TimeZone">IANA zone; the tenant's when absent.</param>
    /// <param name="Account">The account they belong to, <c>accounts/acc_…</c>.</param>
    /// <param name="Attributes">Values of declared attributes.</param>
    internal sealed record Request(
        string? Email = null, string? TimeZone = null, string? Account = null, Dictionary<string, JsonElement>? Attributes = null);

    internal static async Task<Results<Ok<MemberView>, Created<MemberView>, ProblemHttpResult>> HandleAsync(
        string externalId,
        Request request,
        NoahDbContext db,
        IMemberSchema schema,
        ITenantSettings tenant,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var specs = await schema.ReadAsync(cancellationToken);
        var attributes = request.Attributes ?? [];
        var check = new RequestCheck()
            .Require(externalId.Length <= 200, "", "tooLong", "An external id has at most 200 characters.")
            .Require(request.Email is null || EmailAddress.IsValid(request.Email), "/email", "malformed", "/email is not an e-mail address.")
            .Require(
                request.TimeZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.TimeZone) is not null,
                "/timeZone", "unknownValue", "/timeZone must be an IANA zone such as Europe/Berlin.")
            .Attributes(attributes, specs);
        Guid? accountId = null;
        if (request.Account is { } account)
        {
            accountId = await FindAccountAsync(account, db, cancellationToken);
            check.Require(accountId is not null, "/account", "notFound", $"'{account}' does not exist.");
        }

        if (check.Failed(out var problem))
        {
            return problem;
        }

        // Two first calls for one external id may meet: the key decides, not a look beforehand.
        var now = clock.GetUtcNow();
        var json = JsonSerializer.Serialize(attributes);
        var salt = (await tenant.GetAsync(cancellationToken)).Salt;
        var created = await db.Database.SqlQuery<bool>(
            $"""
            INSERT INTO members (tenant_id, id, external_id, account_id, email, time_zone, attributes, created_at, updated_at)
            VALUES (noah_tenant(), {MemberIdentity.Of(salt, externalId)}, {externalId}, {accountId}, {request.Email}, {request.TimeZone}, {json}::jsonb, {now}, {now})
            ON CONFLICT (tenant_id, external_id) DO UPDATE SET
                account_id = excluded.account_id, email = excluded.email, time_zone = excluded.time_zone,
                attributes = excluded.attributes, updated_at = excluded.updated_at
            RETURNING (xmax = 0) AS "Value"
            """).ToListAsync(cancellationToken);
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.ExternalId == externalId, cancellationToken);
        var view = MemberView.Of(member, specs, http);
        return created.Single() ? TypedResults.Created($"/v1/{view.Name}", view) : TypedResults.Ok(view);
    }

    private static RequestCheck Attributes(
        this RequestCheck check, Dictionary<string, JsonElement> attributes, SortedDictionary<string, AttributeSpec> specs)
    {
        foreach (var (name, value) in attributes)
        {
            var pointer = AttributePointer.Of("/attributes", name);
            if (!specs.TryGetValue(name, out var spec))
            {
                check.Require(false, pointer, "unknownAttribute", $"The member schema has no attribute '{name}'.", specs.Keys);
            }
            else
            {
                check.Require(
                    AttributeValues.Matches(spec.Type, value), pointer, "wrongType", $"'{name}' must be {AttributeValues.Expected(spec.Type)}.");
            }
        }

        return check;
    }

    private static async Task<Guid?> FindAccountAsync(string name, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Account.Prefix, name.StartsWith("accounts/", StringComparison.Ordinal) ? name["accounts/".Length..] : name, out var id)
        && await db.Set<Account>().AnyAsync(a => a.Id == id, cancellationToken)
            ? id
            : null;
}
