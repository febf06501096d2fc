using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Pages;

/// <summary>Links to pages of the tenant at hand.</summary>
internal sealed class TenantLinks(SignedPages pages, TenantContext tenant)
{
    /// <param name="kind">What is shown.</param>
    /// <param name="subjectId">Of which.</param>
    public PageLinks For(PageKind kind, Guid subjectId) => pages.Link(kind, tenant.TenantId, subjectId);
}
