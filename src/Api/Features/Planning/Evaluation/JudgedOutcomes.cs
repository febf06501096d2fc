using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Contracts;
using Noah.Api.Features.Planning.Stages;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>One metric over the members who judge: what they did, and what the model predicted under each arm, [members × arms] row-major.</summary>
internal sealed record JudgedOutcomes(string Name, string Distribution, double[] Values, double[]? Predictions)
{
    public const string Contribution = "contribution";

    /// <summary>The experiment's metrics, and the contribution after cost where every campaign has the same margin.</summary>
    public static IReadOnlyList<JudgedOutcomes> Of(ExperimentData data, ModelScores scores, int[] rows, int[] scoreRows, PlanCampaign[] campaigns)
    {
        var metrics = data.Metrics.Select(metric => new JudgedOutcomes(
            metric.Name, metric.Distribution, [.. rows.Select(row => metric.Values[row])], Predict(data, scores, metric, scoreRows))).ToList();
        if (metrics.Find(metric => metric.Distribution != "binary") is { } spend && ContributionOf(spend, data, rows, campaigns) is { } contribution)
        {
            metrics.Add(contribution);
        }

        return metrics;
    }

    private static double[]? Predict(ExperimentData data, ModelScores scores, MetricData metric, int[] scoreRows)
    {
        var actions = data.Arms.Select((arm, index) => index == 0 ? 0 : Enumerable.Range(1, scores.Actions.Count - 1).FirstOrDefault(a => scores.Actions[a] == arm, -1)).ToArray();
        var responses = scores.Responses.GetValueOrDefault(metric.Name);
        if (actions.Contains(-1) || (responses is null && metric.Distribution == "binary"))
        {
            return null;
        }

        var predictions = new double[scoreRows.Length * actions.Length];
        for (var cell = 0; cell < predictions.Length; cell++)
        {
            var (row, action) = (scoreRows[cell / actions.Length], actions[cell % actions.Length]);
            predictions[cell] = responses is not null ? responses[action][row] : scores.Spend[action][row];
        }

        return predictions;
    }

    private static JudgedOutcomes? ContributionOf(JudgedOutcomes spend, ExperimentData data, int[] rows, PlanCampaign[] campaigns)
    {
        var arms = data.Arms.Count;
        var costs = data.Arms.Select((arm, index) => index == 0 ? 0 : campaigns.FirstOrDefault(c => c.Action == arm)?.ExpectedCost).ToArray();
        if (campaigns.Select(c => c.MarginRate).Distinct().Count() != 1 || costs.Contains(null))
        {
            return null;
        }

        var (margin, cost) = (campaigns[0].MarginRate, costs.Select(c => (double)c!.Value).ToArray());
        return new JudgedOutcomes(
            Contribution,
            spend.Distribution,
            [.. spend.Values.Select((value, i) => (margin * value) - cost[data.ArmIndex[rows[i]]])],
            spend.Predictions is null ? null : [.. spend.Predictions.Select((value, cell) => (margin * value) - cost[cell % arms])]);
    }
}
