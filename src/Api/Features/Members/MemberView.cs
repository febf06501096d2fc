using System.Text.Json;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Members;

/// <summary>A member as the API shows it: the address and personal attributes only to keys with members:pii.</summary>
internal sealed record MemberView(
    string Name,
    string ExternalId,
    string? Account,
    string? Email,
    string? TimeZone,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    DateTimeOffset CreateTime,
    DateTimeOffset UpdateTime)
{
    public static MemberView Of(Member member, IReadOnlyDictionary<string, AttributeSpec> schema, HttpContext http)
    {
        var personal = http.User.HasClaim(NoahAuthentication.ScopeClaim, Scopes.MembersPii);
        return new MemberView(
            $"members/{PublicId.Format(Member.Prefix, member.Id)}",
            member.ExternalId,
            member.AccountId is { } account ? $"accounts/{PublicId.Format(Members.Account.Prefix, account)}" : null,
            personal ? member.Email : null,
            member.TimeZone,
            member.Attributes.RootElement.EnumerateObject()
                .Where(a => personal || (schema.TryGetValue(a.Name, out var spec) && !spec.Personal))
                .ToDictionary(a => a.Name, a => a.Value),
            member.CreatedAt,
            member.UpdatedAt);
    }
}
