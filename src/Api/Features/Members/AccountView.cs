using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>An account as the API shows it.</summary>
internal sealed record AccountView(string Name, string ExternalId, string DisplayName, DateTimeOffset CreateTime)
{
    public static AccountView Of(Account account) =>
        new($"accounts/{PublicId.Format(Account.Prefix, account.Id)}", account.ExternalId, account.Name, account.CreatedAt);
}
