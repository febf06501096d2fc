using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Links to the card of one version as a page.</summary>
internal sealed class CardLinks(SignedPages pages, TenantContext tenant)
{
    public const string Purpose = "model";
    public const string Path = "m";

    public PageLinks For(ModelVersion version) => pages.Link(Path, Purpose, tenant.TenantId, version.Id);
}
