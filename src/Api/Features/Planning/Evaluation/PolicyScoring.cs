using Noah.Experimentation.OffPolicy;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>Estimates each policy and the plan's paired differences to the others in one metric.</summary>
internal static class PolicyScoring
{
    // Below this many mails per member a division by them tells nothing.
    private const double FewestMails = 1e-6;

    public static MetricEvaluation Score(JudgedOutcomes metric, PolicySet policies, int[] arms, double[] propensities)
    {
        var plan = policies[TargetPolicy.Plan];
        var log = new LoggedDecisions(plan.Arms, arms, propensities, metric.Values, metric.Predictions);
        var contrasts = policies.Policies.Where(policy => policy != plan).Select(other => Contrast(log, plan, other)).ToList();
        return new MetricEvaluation(
            metric.Name,
            metric.Distribution,
            [.. policies.Policies.Select(policy => View(policy, OffPolicyEvaluation.Evaluate(log, policy.Probabilities)))],
            contrasts,
            plan.MailsPerMember < FewestMails ? null : Contrast(log, plan, policies[TargetPolicy.Nobody], 1 / plan.MailsPerMember));
    }

    private static PolicyView View(TargetPolicy policy, PolicyEvaluation evaluation) => new(
        policy.Name,
        policy.Description,
        policy.MailsPerMember,
        Lower(evaluation.Status),
        Math.Round(evaluation.EffectiveSampleSize, 1),
        FigureView.Of(evaluation.Ips),
        FigureView.Of(evaluation.SelfNormalizedIps),
        FigureView.Of(evaluation.DoublyRobust));

    private static ContrastView Contrast(LoggedDecisions log, TargetPolicy first, TargetPolicy second, double scale = 1)
    {
        var contrast = OffPolicyEvaluation.Compare(log, first.Probabilities, second.Probabilities);
        return new ContrastView(
            first.Name,
            second.Name,
            Lower(contrast.Status),
            FigureView.Of(contrast.Ips, scale),
            FigureView.Of(contrast.SelfNormalizedIps, scale),
            FigureView.Of(contrast.DoublyRobust, scale));
    }

    private static string Lower(OverlapStatus status) => status switch
    {
        OverlapStatus.Sufficient => "sufficient",
        OverlapStatus.Weak => "weak",
        _ => "missing",
    };
}
