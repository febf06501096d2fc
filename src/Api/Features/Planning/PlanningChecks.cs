using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Planning.Stages;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;

namespace Noah.Api.Features.Planning;

/// <summary>Checks what is asked of a planning run, before anything is computed.</summary>
internal sealed class PlanningChecks(ICampaigns campaigns, IProducts products, ITenantSettings tenant)
{
    public async Task RunAsync(RequestCheck check, CreatePlanningRun.Request request, CancellationToken cancellationToken)
    {
        var currency = (await tenant.GetAsync(cancellationToken)).Currency;
        check
            .Text("/displayName", request.DisplayName)
            .Reference("/model", request.Model, PlanningNames.Models, out _)
            .Money("/budget", request.Budget, currency)
            .Between("/weeklyCap", request.WeeklyCap, 1, 7)
            .Between("/explorationShare", request.ExplorationShare, 0, 0.5)
            .Require(
                PlanningTerms.ParseHorizon(request.Horizon) is not null, "/horizon", "malformedDuration",
                $"/horizon must be an ISO 8601 duration of fixed length such as P14D, or a number of days; at most {PlanningTerms.MostDays} days.")
            .Require((request.Seed ?? 0) >= 0, "/seed", "outOfRange", "/seed must not be negative.")
            .MaximumSends(request.MaximumSends)
            .OneOf("/unit", request.Unit, PlanningUnits.Member, PlanningUnits.Account)
            .Channels(request.Channels ?? [], currency)
            .Require(
                request.QuietHours is null || PlanningTerms.ParseQuietHours(request.QuietHours) is { } allowed && allowed.Contains(true), "/quietHours", "malformedTime",
                "/quietHours needs times such as 21:00 and must leave at least one whole hour of the day.");
        if (request.Unsubscribe is { } unsubscribe)
        {
            check.Between("/unsubscribe/rate", unsubscribe.Rate, 0, 1);
            if (unsubscribe.Loss is { } loss)
            {
                check.Money("/unsubscribe/loss", loss, currency);
            }
        }

        check.Lines(request.Lines ?? [], await CampaignsAsync(check, request.Campaigns, cancellationToken));
    }

    /// <summary>Answers the business lines of the campaigns.</summary>
    private async Task<HashSet<string>> CampaignsAsync(RequestCheck check, string[] references, CancellationToken cancellationToken)
    {
        check.Between("/campaigns", references.Length, 1, EligibilityOutput.MostCampaigns);
        var ids = new Guid[references.Length];
        for (var index = 0; index < references.Length; index++)
        {
            check
                .Reference($"/campaigns/{index}", references[index], PlanningNames.Campaigns, out ids[index])
                .Require(Array.IndexOf(ids, ids[index]) == index, $"/campaigns/{index}", "duplicate", $"/campaigns/{index} is named twice.");
        }

        var found = (await campaigns.ReadAsync(ids, cancellationToken)).ToDictionary(c => c.CampaignId);
        var lines = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < ids.Length; index++)
        {
            if (ids[index] == Guid.Empty)
            {
                continue;
            }

            var campaign = found.GetValueOrDefault(ids[index]);
            check
                .Require(campaign is not null, $"/campaigns/{index}", "notFound", $"/campaigns/{index}: {PlanningNames.Campaigns.Name(ids[index])} does not exist.")
                .Require(
                    campaign is not { Paid: true, ExpectedClickRate: null }, $"/campaigns/{index}", "noClickRate",
                    $"/campaigns/{index}: '{campaign?.Name}' is paid by the click and has no expectedClickRate, so its cost can't be planned.");
            if (campaign is not null && await products.FindAsync(campaign.ProductId, cancellationToken) is { } product)
            {
                lines.Add(product.Line);
            }
        }

        return lines;
    }
}
