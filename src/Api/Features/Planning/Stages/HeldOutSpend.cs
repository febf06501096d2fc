using Noah.Api.Features.Experiments.Contracts;
using Noah.Api.Features.Models.Contracts;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>What the experiment itself says of eligible members whom the model has not learnt from.</summary>
/// <param name="Members">Their indices, ascending in the experiment.</param>
/// <param name="Increments">
/// Estimate of the increment of spend by each campaign, [these members × campaigns] row-major: weighted by inverse propensities, hence unbiased whatever
/// was predicted, and next to worthless for one member alone.
/// </param>
internal sealed record HeldOutSpend(int[] Members, double[] Increments)
{
    /// <summary>Null where the experiment has no amount, or lacks an arm of a campaign.</summary>
    public static HeldOutSpend? Of(ExperimentData? data, ModelScores scores, PlanCampaign[] campaigns, Guid[] eligible)
    {
        if (data is null || AmountOf(data) is not { } spend || campaigns.Any(campaign => !data.Arms.Skip(1).Contains(campaign.Action)))
        {
            return null;
        }

        var (members, increments) = (new List<int>(), new List<double>());
        for (var row = 0; row < data.MemberIds.Length; row++)
        {
            var m = Array.BinarySearch(eligible, data.MemberIds[row]);
            if (m < 0 || scores.Training[m])
            {
                continue;
            }

            // What is predicted without a send is taken off: that leaves the expectation as it is and lessens the noise.
            var (arm, weighted) = (data.Arms[data.ArmIndex[row]], (spend.Values[row] - scores.Spend[0][m]) / data.Propensity[row]);
            members.Add(m);
            increments.AddRange(campaigns.Select(campaign => data.ArmIndex[row] == 0 ? -weighted : arm == campaign.Action ? weighted : 0));
        }

        return new HeldOutSpend([.. members], [.. increments]);
    }

    /// <summary>The first metric that is an amount.</summary>
    public static MetricData? AmountOf(ExperimentData data) => data.Metrics.FirstOrDefault(metric => metric.Distribution != "binary");
}
