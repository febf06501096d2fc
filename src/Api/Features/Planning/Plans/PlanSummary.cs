using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Says the plan in sentences, and what to beware of.</summary>
internal static class PlanSummary
{
    public static IReadOnlyList<string> Sentences(
        PlanningTerms terms, StageOutputs stages, MoneyText money, Forecast totals, CorrectionView? correction, IReadOnlyList<CampaignForecast> campaigns,
        IReadOnlyList<Comparison> comparisons, IReadOnlyList<ConstraintView> constraints, ExplorationView exploration)
    {
        var value = correction is { Status: PlanCorrection.Corrected, IncrementalValue: { } corrected } ? corrected : totals.IncrementalValue;
        var accounts = stages.Eligibility.AccountIds?.Distinct().Count();
        var mix = string.Join(", ", campaigns.Select(c => $"{MoneyText.Count(c.Forecast.Sends)} '{c.DisplayName}'"));
        var sentences = new List<string>
        {
            $"Of {MoneyText.Count(stages.Eligibility.Total.Audience)} members in the audiences {MoneyText.Count(stages.Eligibility.Total.AfterHoldout)} are eligible{(accounts is { } count ? $", at {MoneyText.Count(count)} accounts," : "")} and {MoneyText.Count(totals.Sends)} are chosen: {mix}.",
            $"That costs {money.Say(totals.Cost)} of a budget of {money.Say(terms.Budget)}. After that cost they are expected to add {money.Say(value.Expected)} over {terms.Horizon.TotalDays:0.##} days compared with sending nothing (95 % interval {money.Say(value.Lower)} to {money.Say(value.Upper)}).",
        };
        if (correction is not null)
        {
            sentences.Add(Correction(correction, totals.IncrementalValue, money));
        }

        sentences.AddRange(constraints.Where(c => c.Rule == PlanProgram.Budget || c.Binding).Select(c => c.Sentence));
        sentences.AddRange(comparisons.Select(c => Compare(c, money)).OfType<string>());
        sentences.AddRange(campaigns.Select(Evidence));
        if (exploration.Members > 0)
        {
            sentences.Add(
                $"{MoneyText.Count(exploration.Members)} members ({terms.ExplorationShare:0.##%}) have their action drawn at random, so that the next model and the next report can learn: {MoneyText.Count(exploration.Sends)} sends for {money.Say(exploration.Cost)}, giving up at most {money.Say(exploration.ForgoneValueAtMost)}.");
        }

        return sentences;
    }

    public static IReadOnlyList<string> Warnings(StageOutputs stages, IReadOnlyList<ExperimentProposal> proposals)
    {
        var warnings = new List<string>();
        for (var c = 0; c < stages.Eligibility.Campaigns.Length; c++)
        {
            var (name, evidence) = (stages.Eligibility.Campaigns[c].Name, stages.Scores.Evidence[c].Evidence);
            if (evidence == "none" && proposals.All(p => p.Campaign != PlanningNames.Campaigns.Name(stages.Eligibility.Campaigns[c].CampaignId)))
            {
                warnings.Add($"There is no evidence that '{name}' adds anything, and no spend data to size an experiment that would find out.");
            }
            else if (evidence == "average")
            {
                warnings.Add($"The data support one effect of '{name}' for everybody, so the plan can't tell whom it moves more: which members get it is arbitrary.");
            }
        }

        warnings.AddRange(stages.Allocation.Rows.Where(row => row.Violation > 0.5).Select(row =>
            $"'{row.Name}' misses its minimum by {MoneyText.Count(row.Violation)}: whole members can't be split, and upper bounds come first."));
        var unplaced = stages.SendTime.Reasons.Count(reason => reason == SendTimeOutput.NoAllowedHour);
        if (unplaced > 0)
        {
            warnings.Add($"{MoneyText.Count(unplaced)} sends have no allowed hour between the start and the end of their campaign and will not be made.");
        }

        return warnings;
    }

    private static string Correction(CorrectionView correction, Estimate predicted, MoneyText money) => correction switch
    {
        { Status: PlanCorrection.Corrected } =>
            $"The model itself predicts {money.Say(predicted.Expected)}. Picking the highest predictions picks their errors, too: {MoneyText.Count(correction.Members)} picked members whom it had not learnt from brought {correction.Factor:0.##} times what it predicted (standard error {correction.StandardError:0.##}).",
        { Status: PlanCorrection.TooImprecise, IncrementalValue: { } range } =>
            $"That is as predicted: the {MoneyText.Count(correction.Members)} picked members whom the model had not learnt from are too few to correct it; by what they did it lies between {money.Say(range.Lower)} and {money.Say(range.Upper)}.",
        _ => "That is as predicted: too little is known of picked members whom the model had not learnt from to correct it.",
    };

    private static string? Compare(Comparison comparison, MoneyText money) => comparison.Policy switch
    {
        PlanComparisons.Random => $"As many sends at random would be expected to add {money.Say(comparison.IncrementalValue)}: choosing adds {money.Say(comparison.PlanAdds)}.",
        PlanComparisons.SendToAll => $"Addressing everybody would cost {money.Say(comparison.Cost)} and be expected to add {money.Say(comparison.IncrementalValue)}{(comparison.KeepsBudget ? "" : ", but breaks the budget")}.",
        PlanComparisons.Previous => $"The plan before had {MoneyText.Count(comparison.Sends)} sends for {money.Say(comparison.Cost)} and an expected {money.Say(comparison.IncrementalValue)}.",
        _ => null,
    };

    private static string Evidence(CampaignForecast campaign) => campaign.Evidence.Level switch
    {
        "individual" => $"The effect of '{campaign.DisplayName}' is proven, and it differs between members as predicted.",
        "average" => $"The effect of '{campaign.DisplayName}' is proven on average; that it differs between members is not.",
        _ => $"There is no evidence that '{campaign.DisplayName}' adds anything: only members drawn at random get it.",
    };
}
