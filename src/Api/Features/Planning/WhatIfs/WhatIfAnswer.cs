using Noah.Api.Features.Planning.Plans;
using Noah.Api.Features.Planning.Stages;
using Noah.Optimization.Exploration;

namespace Noah.Api.Features.Planning.WhatIfs;

/// <summary>Puts the answer to a what-if together.</summary>
internal static class WhatIfAnswer
{
    public static WhatIfDocument Of(
        PlanningTerms terms, StageOutputs stages, PlanProgram plan, ExplorationResult result, ExplorationPlan solved, WhatIfEffort effort)
    {
        var money = new MoneyText(terms.Currency);
        var before = new int[stages.Eligibility.Campaigns.Length];
        var after = new int[before.Length];
        foreach (var choice in stages.Allocation.Choices.Where(choice => choice != AllocationOutput.NoSend))
        {
            before[choice]++;
        }

        for (var edge = 0; edge < plan.Program.EdgeCount; edge++)
        {
            after[plan.Program.Actions[edge]] += solved.Chosen[edge] ? 1 : 0;
        }

        RuleRow[] rows = [.. solved.Certificate.Rows.Select(RuleRow.Of)];
        var solve = AllocationStage.Figures(result, solved);
        var was = stages.Allocation.Solve.Objective;
        var (sends, sendsBefore) = (after.Sum(), before.Sum());
        var (cost, costBefore) = (rows[0].Use, stages.Allocation.Rows[0].Use);
        var constraints = PlanConstraints.Of(rows, money);
        return new WhatIfDocument(
            Sentences(money, solve.Objective - was, sends - sendsBefore, cost - costBefore, solve.Gap, constraints),
            new WhatIfFigures(money.Of(was), sendsBefore, money.Of(costBefore)),
            new WhatIfFigures(money.Of(solve.Objective), sends, money.Of(cost)),
            new WhatIfFigures(money.Of(solve.Objective - was), sends - sendsBefore, money.Of(cost - costBefore)),
            [.. stages.Eligibility.Campaigns.Select((campaign, c) => new WhatIfCampaign(
                PlanningNames.Campaigns.Name(campaign.CampaignId), campaign.Name, after[c], before[c]))],
            constraints,
            CertificateView.Of(solve, money),
            effort);
    }

    private static List<string> Sentences(
        MoneyText money, double value, int sends, double cost, double gap, IReadOnlyList<ConstraintView> constraints)
    {
        var (more, spent) = (value < 0 ? "less" : "more", cost < 0 ? "less" : "more");
        var sentences = new List<string>
        {
            $"The plan would be expected to add {money.Say(Math.Abs(value))} {more}, at {money.Say(Math.Abs(cost))} {spent} cost: "
                + $"{MoneyText.Count(Math.Abs(sends))} {(sends < 0 ? "fewer" : "more")} sends.",
            $"No plan under these bounds can be worth more than {gap:0.###%} above this one.",
        };
        sentences.AddRange(constraints.Where(c => c.Rule == PlanProgram.Budget || c.Binding).Select(c => c.Sentence));
        return sentences;
    }
}
