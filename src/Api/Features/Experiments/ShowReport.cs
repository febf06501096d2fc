using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Experiments.ReportPage;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Experiments;

/// <summary>The public page behind a signed link. The token is the only right that is looked at, and it opens this one analysis.</summary>
internal static class ShowReport
{
    internal static async Task<ReportResult> HandleAsync(
        string token, SignedTokens tokens, TenantScopes scopes, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!tokens.TryRead(ReportLinks.Purpose, token, out var claim))
        {
            return ReportResult.Unknown;
        }

        if (claim.ExpiresAt <= clock.GetUtcNow())
        {
            return ReportResult.Expired;
        }

        await using var scope = scopes.Open(claim.TenantId);
        var db = scope.ServiceProvider.GetRequiredService<NoahDbContext>();
        var analysis = await db.Set<Analysis>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == claim.SubjectId, cancellationToken);
        return analysis is not null
            && await db.Set<Experiment>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == analysis.ExperimentId, cancellationToken) is { } experiment
                ? ReportResult.Of(experiment, analysis)
                : ReportResult.Unknown;
    }
}
