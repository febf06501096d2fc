using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Experiments;

/// <summary>Signed, expiring, read-only links to the page of one analysis.</summary>
internal sealed class ReportLinks(SignedTokens tokens, TenantContext tenant, TimeProvider clock, IConfiguration configuration)
{
    public const string Purpose = "report";
    private const string LifetimeSetting = "Noah:ReportLinkLifetime";
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(7);

    public AnalysisLinks For(Analysis analysis)
    {
        var expiresAt = clock.GetUtcNow() + configuration.GetValue(LifetimeSetting, DefaultLifetime);
        var token = tokens.Create(Purpose, tenant.TenantId, analysis.Id, expiresAt);
        return new AnalysisLinks($"{configuration["Noah:PublicBaseUrl"]?.TrimEnd('/')}/r/{token}", expiresAt);
    }
}
