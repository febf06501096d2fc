using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Links to the card of one version as a page.</summary>
internal sealed class LifetimeLinks(SignedPages pages, TenantContext tenant)
{
    public const string Purpose = "lifetimeValue";
    public const string Path = "v";

    public PageLinks For(LifetimeValueVersion version) => pages.Link(Path, Purpose, tenant.TenantId, version.Id);
}
