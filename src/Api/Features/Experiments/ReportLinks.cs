using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>Links to the page of one analysis.</summary>
internal sealed class ReportLinks(SignedPages pages, TenantContext tenant)
{
    public const string Purpose = "report";
    public const string Path = "r";

    public PageLinks For(Analysis analysis) => pages.Link(Path, Purpose, tenant.TenantId, analysis.Id);
}
