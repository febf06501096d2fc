using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Puts the plan together from what the stages came to.</summary>
internal static class PlanBuilder
{
    public static PlanDocument Build(
        PlanningSpecification specification, PlanningTerms terms, StageOutputs stages, PreviousPlan? previous, IReadOnlyDictionary<string, string> digests)
    {
        var money = new MoneyText(terms.Currency);
        var forecasts = new PlanForecasts(stages, money);
        var (totals, campaigns) = (forecasts.Of(_ => true), forecasts.Campaigns());
        var comparisons = new PlanComparisons(terms, stages, money, totals).All(previous);
        var constraints = PlanConstraints.Of(stages.Allocation.Rows, money, stages.Frontier);
        var exploration = Exploration(terms, stages, money);
        var proposals = ExperimentProposals.Of(terms, stages, money);
        var correction = PlanCorrection.Of(stages, totals, money);
        var sentences = PlanSummary.Sentences(terms, stages, money, totals, correction, campaigns, comparisons, constraints, exploration);
        return new PlanDocument(
            [.. sentences, .. proposals.Select(p => p.Sentence)],
            PlanSummary.Warnings(stages, proposals),
            PlanWaterfall.Of(stages),
            totals,
            campaigns,
            forecasts.Lines(),
            comparisons,
            constraints,
            CertificateView.Of(stages.Allocation.Solve, money),
            exploration,
            [.. Enumerable.Range(0, 24).Select(hour => Enumerable.Range(0, stages.SendTime.DueAt.Length)
                .Count(s => stages.SendTime.DueAt[s] != 0 && stages.SendTime.LocalHours[s] == hour))],
            Variants(stages),
            proposals,
            new AssumptionsView(
                specification.Horizon, terms.UnsubscribeRate, money.Of(stages.Scores.UnsubscribeLoss), terms.UnsubscribeLoss is null, PlanForecasts.IntervalCovers),
            digests,
            PlanFrontier.Of(stages.Frontier, money),
            correction,
            stages.Scores.ModelVersion);
    }

    private static ExplorationView Exploration(PlanningTerms terms, StageOutputs stages, MoneyText money)
    {
        var allocation = stages.Allocation;
        var sent = Enumerable.Range(0, allocation.Choices.Length)
            .Where(m => allocation.Explored[m] == 1 && allocation.Choices[m] != AllocationOutput.NoSend).ToArray();
        return new ExplorationView(
            terms.ExplorationShare,
            allocation.Explored.Count(explored => explored == 1),
            sent.Length,
            money.Of(sent.Sum(m => stages.Cost(m, allocation.Choices[m]))),
            money.Of(allocation.ForgoneValue));
    }

    private static IReadOnlyList<VariantView> Variants(StageOutputs stages) => [.. stages.Content.Variants.Select((variant, v) => new VariantView(
        PlanningNames.Variants.Name(variant.VariantId),
        PlanningNames.Campaigns.Name(stages.Eligibility.Campaigns[variant.Campaign].CampaignId),
        variant.Name,
        variant.Trials,
        variant.Clicks,
        Math.Round(variant.BestProbability, 6),
        Math.Round(variant.Propensity, 6),
        stages.Content.Chosen.Count(chosen => chosen == v)))];
}
