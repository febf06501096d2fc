using Noah.Api.Platform.Pages;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning.PlanPage;

/// <summary>Links to the page of one planning run.</summary>
internal sealed class PlanPageLinks(SignedPages pages, TenantContext tenant)
{
    public const string Purpose = "plan";
    public const string Path = "p";

    public PageLinks For(PlanningRun run) => pages.Link(Path, Purpose, tenant.TenantId, run.Id);
}
