using Noah.Experimentation.OffPolicy;

namespace Noah.Api.Features.Planning.Evaluation;

/// <summary>What randomised data say of a plan's policy, beside simple ones.</summary>
/// <param name="Experiment">Whose data.</param>
/// <param name="Members">Members who judge: randomised, and unknown to the model.</param>
/// <param name="MembersInPlan">Of these, members for whom the plan has a decision; the policy of the others is no send.</param>
/// <param name="MailsPerMember">Mails of the policy per member who judges.</param>
/// <param name="Metrics">Estimates by metric.</param>
/// <param name="Summary">What came out, also where it is no better.</param>
internal sealed record EvaluationDocument(
    string Experiment, int Members, int MembersInPlan, double MailsPerMember, IReadOnlyList<MetricEvaluation> Metrics, IReadOnlyList<string> Summary);

/// <summary>Policies and their paired differences in one metric, per member.</summary>
internal sealed record MetricEvaluation(
    string Metric, string Distribution, IReadOnlyList<PolicyView> Policies, IReadOnlyList<ContrastView> Contrasts, ContrastView? PerMail);

/// <summary>A policy's mean outcome per member by inverse propensities, self-normalised, and doubly robust.</summary>
internal sealed record PolicyView(
    string Policy,
    string Description,
    double MailsPerMember,
    string Overlap,
    double EffectiveSampleSize,
    FigureView? Ips,
    FigureView? SelfNormalizedIps,
    FigureView? DoublyRobust);

/// <summary>First minus second, paired by member.</summary>
internal sealed record ContrastView(
    string First, string Second, string Overlap, FigureView? Ips, FigureView? SelfNormalizedIps, FigureView? DoublyRobust)
{
    /// <summary>The figure to read: doubly robust where there is a prediction, else self-normalised.</summary>
    public FigureView? Headline => DoublyRobust ?? SelfNormalizedIps;
}

/// <summary>An estimate with standard error and 95 % interval.</summary>
internal sealed record FigureView(double Value, double StandardError, double Lower, double Upper)
{
    public static FigureView? Of(PolicyEstimate? estimate, double scale = 1) => estimate is null
        ? null
        : new FigureView(estimate.Value * scale, estimate.StandardError * scale, estimate.Interval.Lower * scale, estimate.Interval.Upper * scale);
}
