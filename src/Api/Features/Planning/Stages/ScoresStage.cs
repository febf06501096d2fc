using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Second stage: the value of each eligible send. Without evidence of an effect a send is worth what it costs, below nothing.</summary>
internal sealed class ScoresStage(IMemberTables tables, IModelScores models, IExperimentData experiments)
{
    /// <summary>Mails a year that an unsubscribed member would no longer get.</summary>
    private const int MailsPerYear = 52;

    /// <summary>The outcome of a model that tells clicks.</summary>
    private const string Clicks = "click";

    public async Task<ScoresOutput> RunAsync(PlanningTerms terms, EligibilityOutput eligible, CancellationToken cancellationToken)
    {
        var table = await tables.ReadAsync(eligible.MemberIds, cancellationToken);
        if (!table.MemberIds.AsSpan().SequenceEqual(eligible.MemberIds))
        {
            throw new ProblemException(ProblemType.NotReady, "Members were erased while the plan was made: create the run again.");
        }

        var scores = await models.ScoreAsync(terms.ModelId, table, cancellationToken);
        if (scores.Horizon != terms.Horizon)
        {
            throw HorizonProblem(terms, scores);
        }

        var actions = eligible.Campaigns.Select(campaign => ActionIndex(scores, campaign)).ToArray();
        var increments = actions.Select(a => scores.Increments.Single(i => i.Action == scores.Actions[a])).ToArray();
        var evidence = increments.Select(i => new CampaignEvidence(i.Evidence, i.AverageEffect, i.AverageLower, i.AverageUpper)).ToArray();
        var loss = (double?)terms.UnsubscribeLoss ?? AssumedLoss(eligible.Campaigns, evidence);
        var (members, width) = (eligible.MemberIds.Length, actions.Length);
        var (values, spend, costs) = (new double[members * width], new double[members * width], new double[members * width]);
        for (var m = 0; m < members; m++)
        {
            for (var c = 0; c < width; c++)
            {
                var campaign = eligible.Campaigns[c];
                var increment = evidence[c].Exists ? increments[c].PerMember[m] : 0;
                spend[(m * width) + c] = increment;
                costs[(m * width) + c] = (double)campaign.CostPerSend * (campaign.Paid ? ClickRate(scores, actions[c], m, campaign) : 1);
                values[(m * width) + c] = (increment * campaign.MarginRate) - costs[(m * width) + c] - (campaign.Paid ? 0 : terms.UnsubscribeRate * loss);
            }
        }

        var experiment = await experiments.ReadAsync(scores.ExperimentId, cancellationToken);
        return new ScoresOutput(
            values, spend, evidence, Outcomes(scores, actions, members), loss, Deviation(experiment), eligible.Campaigns.Any(campaign => campaign.Paid) ? costs : null,
            HeldOutSpend.Of(experiment, scores, eligible.Campaigns, eligible.MemberIds), scores.Version);
    }

    private static OutcomeForecast[] Outcomes(ModelScores scores, int[] actions, int members) =>
        [.. scores.Responses.OrderBy(r => r.Key, StringComparer.Ordinal).Select(response =>
        {
            var with = new float[members * actions.Length];
            for (var i = 0; i < with.Length; i++)
            {
                with[i] = response.Value[actions[i % actions.Length]][i / actions.Length];
            }

            return new OutcomeForecast(response.Key, with, response.Value[0]);
        })];

    // What an advertisement costs is not known before it is clicked: its expectation is planned with.
    private static double ClickRate(ModelScores scores, int action, int member, PlanCampaign campaign) =>
        scores.Responses.TryGetValue(Clicks, out var clicks) ? clicks[action][member] : campaign.ClickRate
            ?? throw new ProblemException(ProblemType.NotReady, $"'{campaign.Name}' is paid by the click and has no expectedClickRate, so its cost can't be planned.");

    // A lost reader is lost to the mails to come: a year of them, one a week, each at the average contribution of the best campaign.
    private static double AssumedLoss(PlanCampaign[] campaigns, CampaignEvidence[] evidence) => MailsPerYear * campaigns
        .Select((campaign, c) => evidence[c].Exists && !campaign.Paid ? (evidence[c].AverageEffect * campaign.MarginRate) - (double)campaign.CostPerSend : 0)
        .Append(0).Max();

    private static int ActionIndex(ModelScores scores, PlanCampaign campaign)
    {
        for (var action = 1; action < scores.Actions.Count; action++)
        {
            if (scores.Actions[action] == campaign.Action)
            {
                return action;
            }
        }

        throw new ProblemException(
            ProblemType.NotReady,
            $"'{campaign.Name}' repeats the action '{campaign.Action}', of which {PlanningNames.Models.Name(scores.ModelId)} knows nothing: it knows {string.Join(", ", scores.Actions.Skip(1))}.");
    }

    private static ProblemException HorizonProblem(PlanningTerms terms, ModelScores scores)
    {
        var window = $"P{scores.Horizon.TotalDays:0.######}D";
        var message = $"/horizon is {terms.Horizon.TotalDays:0.######} days, but the model knows effects over {window} only; an effect is not stretched beyond what was observed.";
        return new ProblemException(ProblemType.Validation, message, new FieldError("/horizon", "unknownValue", message, new[] { window }));
    }

    private static double? Deviation(ExperimentData? experiment)
    {
        if (experiment is null || HeldOutSpend.AmountOf(experiment) is not { Values.Length: > 1 } metric)
        {
            return null;
        }

        var mean = metric.Values.Average();
        return Math.Sqrt(metric.Values.Sum(value => (value - mean) * (value - mean)) / (metric.Values.Length - 1));
    }
}
