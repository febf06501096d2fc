using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Platform.Pages;

/// <summary>Where a page is; anybody with this link may read it until it expires.</summary>
internal sealed record PageLinks(string Html, DateTimeOffset HtmlExpiresAt);

/// <summary>Pages behind signed, expiring, read-only links. The token is the only right that is looked at, and it opens its one subject.</summary>
internal sealed class SignedPages(SignedTokens tokens, TenantScopes scopes, TimeProvider clock, IConfiguration configuration)
{
    private const string LifetimeSetting = "Noah:ReportLinkLifetime";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);

    /// <param name="kind">What it is.</param>
    /// <param name="tenantId">Whose page it is.</param>
    /// <param name="subjectId">What it shows.</param>
    public PageLinks Link(PageKind kind, Guid tenantId, Guid subjectId)
    {
        var expiresAt = clock.GetUtcNow() + configuration.GetValue(LifetimeSetting, DefaultLifetime);
        return new PageLinks($"{configuration["Noah:PublicBaseUrl"]?.TrimEnd('/')}/{kind.Path}/{tokens.Create(kind.Purpose, tenantId, subjectId, expiresAt)}", expiresAt);
    }

    /// <summary>The page that a token opens, rendered in a scope of its tenant; null from the renderer means that there is no such subject.</summary>
    public async Task<PageResult> ShowAsync(PageKind kind, string token, Func<NoahDbContext, Guid, Task<Markup?>> render)
    {
        if (!tokens.TryRead(kind.Purpose, token, out var claim))
        {
            return PageResult.Unknown;
        }

        if (claim.ExpiresAt <= clock.GetUtcNow())
        {
            return PageResult.Expired;
        }

        await using var scope = scopes.Open(claim.TenantId);
        return await render(scope.ServiceProvider.GetRequiredService<NoahDbContext>(), claim.SubjectId) is { } page
            ? PageResult.Of(page)
            : PageResult.Unknown;
    }
}
