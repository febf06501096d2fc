using System.Diagnostics.CodeAnalysis;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Sending;

/// <summary>The link in a mail by which its reader says no: signed, bound to the send, and without an end.</summary>
internal sealed class UnsubscribeLinks(SignedTokens tokens, IConfiguration configuration)
{
    private const string Purpose = "unsubscribe";

    // Old mail is read, too: a no is taken whenever it comes, so the date only fills the token's field.
    private static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _base = (configuration["Noah:PublicBaseUrl"]
        ?? throw new InvalidOperationException("Noah:PublicBaseUrl is missing: the address under which readers of mails reach this host.")).TrimEnd('/');

    public string Create(Guid tenantId, Guid sendId) => $"{_base}/u/{tokens.Create(Purpose, tenantId, sendId, Never)}";

    public bool TryRead(string token, [NotNullWhen(true)] out (Guid TenantId, Guid SendId)? link)
    {
        link = tokens.TryRead(Purpose, token, out var claim) ? (claim.TenantId, claim.SubjectId) : null;
        return link is not null;
    }
}
