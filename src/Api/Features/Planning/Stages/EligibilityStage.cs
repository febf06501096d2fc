using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Campaigns.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Features.Sending.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Experimentation.Assignment;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>First stage: of the campaigns' audiences, who may be contacted, is not planned for already, has room under the weekly cap and is not in the tenant's holdout.</summary>
internal sealed class EligibilityStage(
    ICampaigns campaigns,
    IProducts products,
    IAudienceMembers audiences,
    IContactPermissions permissions,
    ISendLedger ledger,
    IMemberTables tables,
    IMemberAccounts accounts,
    ITenantSettings tenant,
    TimeProvider clock)
{
    private static readonly TimeSpan CapWindow = TimeSpan.FromDays(7);

    public async Task<EligibilityOutput> RunAsync(PlanningTerms terms, CancellationToken cancellationToken)
    {
        var found = await campaigns.ReadAsync(terms.CampaignIds, cancellationToken);
        var now = clock.GetUtcNow();
        if (EndedCampaigns.Complaint(found) is { } complaint)
        {
            throw new ProblemException(ProblemType.NotReady, complaint);
        }

        var known = new Dictionary<Guid, HashSet<Guid>>();
        foreach (var campaign in found.DistinctBy(campaign => campaign.AudienceId))
        {
            known[campaign.AudienceId] = await AudienceAsync(campaign, cancellationToken);
        }

        HashSet<Guid>[] audienceOf = [.. found.Select(campaign => known[campaign.AudienceId])];
        var table = await tables.ReadAsync([.. audienceOf.SelectMany(ids => ids).Distinct()], cancellationToken);
        var units = await ContactUnits.ReadAsync(accounts, terms.PerAccount, table.MemberIds, cancellationToken);
        var blockedOf = await BlockedAsync(found, audienceOf, units, cancellationToken);

        // A send can fall anywhere in the campaigns' windows, so whatever lies within a week of them counts: stricter than the cap, never laxer.
        var first = found.Min(c => c.StartsAt) is var start && start > now ? start : now;
        var sent = await units.SumAsync(await ledger.CountsAsync(first - CapWindow, found.Max(c => c.EndsAt) + CapWindow, cancellationToken), cancellationToken);
        var paid = found.Index().Where(c => c.Item.Paid).Aggregate(0u, (mask, c) => mask | (1u << c.Index));
        var settings = await tenant.GetAsync(cancellationToken);
        var waterfall = new Waterfall(audienceOf, blockedOf);
        foreach (var member in table.MemberIds)
        {
            // Advertisements are no mails: the cap on mails leaves them.
            var capped = sent.TryGetValue(units.Of(member), out var count) && count >= terms.WeeklyCap;
            waterfall.Pour(member, units.Knows(member), capped ? paid : uint.MaxValue, SaltedHash.Uniform(units.Holdout(member), settings.Salt) < settings.HoldoutShare);
        }

        var kept = Enumerable.Range(0, table.Count).Where(row => waterfall.Masks[row] != 0).ToArray();
        string[] zones = [.. kept.Select(row => table.TimeZones[row]).Distinct().Order(StringComparer.Ordinal)];
        return new EligibilityOutput(
            await FreezeAsync(found, cancellationToken),
            [.. kept.Select(row => table.MemberIds[row])],
            [.. kept.Select(row => waterfall.Masks[row])],
            zones,
            [.. kept.Select(row => Array.BinarySearch(zones, table.TimeZones[row], StringComparer.Ordinal))],
            waterfall.Total,
            waterfall.PerCampaign,
            terms.PerAccount ? [.. kept.Select(row => units.Of(table.MemberIds[row]))] : null);
    }

    /// <summary>A campaign reaches a member, or an account, once: whoever has a line in the ledger, however it ended, is not planned again.</summary>
    private async Task<IReadOnlyDictionary<Guid, string>[]> BlockedAsync(
        IReadOnlyList<CampaignTerms> found, HashSet<Guid>[] audienceOf, ContactUnits units, CancellationToken cancellationToken)
    {
        // Campaigns on one channel about one topic ask for the same permission.
        var refused = new Dictionary<(string Channel, string Topic), IReadOnlyDictionary<Guid, string>>();
        foreach (var alike in found.Index().GroupBy(c => (c.Item.Channel, c.Item.Topic)))
        {
            HashSet<Guid> asked = [.. alike.Select(c => audienceOf[c.Index]).Distinct().SelectMany(ids => ids)];
            refused[alike.Key] = await permissions.BlockedAsync(alike.Key.Channel, alike.Key.Topic, asked, cancellationToken);
        }

        var planned = await ledger.MembersWithLineAsync([.. found.Select(c => c.CampaignId)], cancellationToken);
        var blockedOf = new IReadOnlyDictionary<Guid, string>[found.Count];
        for (var c = 0; c < found.Count; c++)
        {
            var blocked = refused[(found[c].Channel, found[c].Topic)];
            var reached = await units.UnitsOfAsync(planned.GetValueOrDefault(found[c].CampaignId, []), cancellationToken);
            var again = audienceOf[c].Where(member => reached.Contains(units.Of(member)) && !blocked.ContainsKey(member)).ToArray();
            blockedOf[c] = again.Length == 0 ? blocked : blocked.Concat(again.Select(member => KeyValuePair.Create(member, "alreadyPlanned"))).ToDictionary();
        }

        return blockedOf;
    }

    private async Task<HashSet<Guid>> AudienceAsync(CampaignTerms campaign, CancellationToken cancellationToken)
    {
        var snapshot = await audiences.ReadAsync(campaign.AudienceId, cancellationToken) ?? throw new ProblemException(
            ProblemType.NotReady, $"{PlanningNames.Audiences.Name(campaign.AudienceId)} of '{campaign.Name}' is not frozen yet: :expand it first.");
        return [.. snapshot.Members.Select(entry => entry.MemberId)];
    }

    private async Task<PlanCampaign[]> FreezeAsync(IReadOnlyList<CampaignTerms> found, CancellationToken cancellationToken)
    {
        var frozen = new List<PlanCampaign>();
        foreach (var c in found)
        {
            var product = await products.FindAsync(c.ProductId, cancellationToken)
                ?? throw new ProblemException(ProblemType.NotReady, $"The product of '{c.Name}' does not exist any more.");
            frozen.Add(new PlanCampaign(c.CampaignId, c.Name, product.Line, c.Action, c.CostPerSend, product.MarginRate, c.StartsAt, c.EndsAt, c.Channel, c.ExpectedClickRate));
        }

        return [.. frozen];
    }
}
