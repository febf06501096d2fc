using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Plans;

/// <summary>Adds up what the plan's sends are expected to do.</summary>
internal sealed class PlanForecasts(StageOutputs stages, MoneyText money)
{
    /// <summary>What <see cref="Estimate"/>s of a plan do and do not cover.</summary>
    public const string IntervalCovers =
        "The 95 % interval covers how precisely the experiment measured each campaign's average effect, all campaigns erring together. "
        + "It does not cover who responds more than the average, nor that people may act differently now than in the experiment.";

    private readonly int _width = stages.Eligibility.Campaigns.Length;

    public Forecast Of(Func<int, bool> includes)
    {
        var (sends, cost, value, lower, upper) = (0, 0m, 0.0, 0.0, 0.0);
        var outcomes = stages.Scores.Outcomes.Select(o => new OutcomeForecastView(o.Outcome, 0, 0)).ToArray();
        for (var m = 0; m < stages.Allocation.Choices.Length; m++)
        {
            var c = stages.Allocation.Choices[m];
            if (c == AllocationOutput.NoSend || !includes(c))
            {
                continue;
            }

            var (campaign, evidence, cell) = (stages.Eligibility.Campaigns[c], stages.Scores.Evidence[c], (m * _width) + c);
            var assumed = evidence.Exists ? evidence.AverageEffect : 0;
            sends++;
            cost += stages.Cost(m, c);
            value += stages.Scores.Values[cell];
            lower += campaign.MarginRate * (evidence.AverageLower - assumed);
            upper += campaign.MarginRate * (evidence.AverageUpper - assumed);
            for (var o = 0; o < outcomes.Length; o++)
            {
                var (with, without) = (stages.Scores.Outcomes[o].WithSend[cell], stages.Scores.Outcomes[o].WithoutSend[m]);
                outcomes[o] = outcomes[o] with { Expected = outcomes[o].Expected + with, Incremental = outcomes[o].Incremental + with - without };
            }
        }

        return new Forecast(
            sends,
            money.Of(cost),
            [.. outcomes.Select(o => new OutcomeForecastView(o.Outcome, Math.Round(o.Expected, 2), Math.Round(o.Incremental, 2)))],
            new Estimate(money.Of(value), money.Of(value + lower), money.Of(value + upper)));
    }

    public IReadOnlyList<CampaignForecast> Campaigns() => [.. stages.Eligibility.Campaigns.Select((campaign, c) => new CampaignForecast(
        PlanningNames.Campaigns.Name(campaign.CampaignId),
        campaign.Name,
        campaign.Line,
        campaign.Action,
        Evidence(stages.Scores.Evidence[c]),
        Of(chosen => chosen == c),
        campaign.Channel))];

    public IReadOnlyList<LineForecast> Lines() => [.. stages.Eligibility.Campaigns.Select(campaign => campaign.Line).Distinct().Order(StringComparer.Ordinal)
        .Select(line => new LineForecast(line, Of(chosen => stages.Eligibility.Campaigns[chosen].Line == line)))];

    private EvidenceView Evidence(CampaignEvidence evidence) => new(
        evidence.Evidence, new Estimate(money.Of(evidence.AverageEffect), money.Of(evidence.AverageLower), money.Of(evidence.AverageUpper)));
}
