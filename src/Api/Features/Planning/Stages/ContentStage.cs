using Noah.Api.Features.Content.Contracts;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.Sending.Contracts;
using Noah.Experimentation.Assignment;
using Noah.Heuristics.Content;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Fourth stage: wordings by Thompson sampling on clicks per mail handed over, each with its exact propensity.</summary>
internal sealed class ContentStage(IContentVariants content, ISendLedger ledger, IEventHistory events)
{
    public async Task<ContentOutput> RunAsync(
        PlanningTerms terms, EligibilityOutput eligible, AllocationOutput allocation, CancellationToken cancellationToken)
    {
        var ids = eligible.Campaigns.Select(c => c.CampaignId).ToArray();
        var variants = await content.ReadAsync(ids, cancellationToken);
        var sends = await ledger.HandedOverByVariantAsync(ids, cancellationToken);
        var clicks = await events.CountsBySendAsync("click", [.. sends.Values.SelectMany(s => s)], cancellationToken);

        var figures = new List<VariantFigures>();
        var samplers = new (ThompsonSampling? Sampling, int First)[ids.Length];
        for (var c = 0; c < ids.Length; c++)
        {
            var own = variants.Where(v => v.CampaignId == ids[c] && !eligible.Campaigns[c].Paid).ToArray();
            if (own.Length == 0)
            {
                continue;
            }

            var counts = own.Select(v => Count(sends.GetValueOrDefault(v.VariantId, []), clicks)).ToArray();
            var sampling = new ThompsonSampling(counts);
            samplers[c] = (sampling, figures.Count);
            for (var v = 0; v < own.Length; v++)
            {
                figures.Add(new VariantFigures(
                    own[v].VariantId, c, own[v].Name, (int)counts[v].Trials, (int)counts[v].Successes, sampling.BestProbabilities[v], sampling.Propensities[v]));
            }
        }

        var senders = allocation.Senders();
        var (chosen, propensities) = (new int[senders.Length], new double[senders.Length]);
        for (var s = 0; s < senders.Length; s++)
        {
            var (sampling, first) = samplers[allocation.Choices[senders[s]]];
            if (sampling is null)
            {
                (chosen[s], propensities[s]) = (ContentOutput.NoVariant, 1);
                continue;
            }

            var choice = sampling.Choose(SaltedHash.Uniform(eligible.MemberIds[senders[s]], $"content {terms.Seed}"));
            (chosen[s], propensities[s]) = (first + choice.Variant, choice.Propensity);
        }

        return new ContentOutput([.. figures], chosen, propensities);
    }

    private static VariantCounts Count(IReadOnlyList<Guid> sends, IReadOnlyDictionary<Guid, int> clicks) =>
        new(sends.Count, sends.Count(send => clicks.ContainsKey(send)));
}
