using Noah.Api.Features.Models.Trainer;
using Noah.Experimentation.OffPolicy;
using Noah.Prediction.Uplift;
using Noah.Prediction.Value;
using OffPolicy = Noah.Experimentation.OffPolicy;

namespace Noah.Api.Features.Models;

/// <summary>What one action adds, and the learner that tells for whom. Chosen on the training half alone, by predictions for rows that a model has not seen.</summary>
/// <param name="Increment">Evidence and rule.</param>
/// <param name="Model">The learner, fitted on all of the training half; null for the value network.</param>
internal sealed record UpliftChoice(CardIncrement Increment, UpliftModel? Model)
{
    private const double Error = 0.05;

    /// <param name="action">Index of the arm.</param>
    /// <param name="job">The training half.</param>
    /// <param name="network">Trained on all of it.</param>
    /// <param name="crossFitted">Predicted value [arm][row] by networks that had not seen the row.</param>
    public static UpliftChoice Of(int action, TrainerJob job, ValueModel network, double[][] crossFitted)
    {
        var name = job.Terms.Arms[action].Name;
        var rows = ActionRows.Of(action, job.Terms.Arms, job.Arms, job.Propensities, job.Outcomes[job.Terms.Value!]);
        double[] ofNetwork = Array.ConvertAll(rows.Rows, row => crossFitted[action][row] - crossFitted[0][row]);
        double[] baseline = Array.ConvertAll(rows.Rows, row => crossFitted[0][row]);
        var overall = Assess(rows, ofNetwork, baseline, 1 - Error);
        if (overall.AverageEffect is not { } effect)
        {
            return new UpliftChoice(new CardIncrement(name, IncrementEvidence.None, 0, 0, 0, 0, 0, []), null);
        }

        var predicted = UpliftLearners.BySimplicity
            .Select(learner => (Learner: learner, Increments: learner == UpliftLearners.Network ? ofNetwork : UpliftLearners.CrossFit(learner, job, rows, action)))
            .Where(candidate => candidate.Increments is not null).ToArray();
        // Choosing among several would find differences in noise more often than one in twenty times: each is held to its share of that.
        var candidates = predicted.Select(candidate => (candidate.Learner, Report: Assess(rows, candidate.Increments!, baseline, 1 - (Error / predicted.Length)))).ToArray();
        var shown = candidates.Where(candidate => candidate.Report.Verdict == UpliftVerdict.HeterogeneityFound).ToArray();
        var (learner, report) = Simplest(shown.Length > 0 ? shown : candidates);
        var evidence = effect.Interval.Contains(0) ? IncrementEvidence.None : shown.Length > 0 ? IncrementEvidence.Individual : IncrementEvidence.Average;
        var model = learner == UpliftLearners.Network ? null : UpliftLearners.Fit(learner, job, rows, action);
        var mean = model is null ? network.MeanIncrement(job, action) : model.Predict(TabularFeatures.Of(job.Features)).Average(increment => (double)increment);
        return new UpliftChoice(
            new CardIncrement(
                name,
                evidence,
                effect.Value,
                effect.Interval.Lower,
                effect.Interval.Upper,
                evidence == IncrementEvidence.Individual ? IncrementEvidence.Shrink(report.CalibrationSlope!) : 0,
                mean,
                [.. report.Groups.Select(g => new CardUpliftGroup(g.Count, g.PredictedIncrement, g.Effect, g.Interval.Lower, g.Interval.Upper))],
                report.CalibrationSlope?.Value,
                report.CalibrationSlope?.StandardError,
                learner,
                [.. candidates.Select(candidate => Candidate(candidate.Learner, candidate.Report))]),
            model);
    }

    /// <summary>The one-standard-error rule (Breiman et al. 1984): the simplest whose Qini is within one standard error of the best.</summary>
    private static (string Learner, UpliftReport Report) Simplest((string Learner, UpliftReport Report)[] candidates)
    {
        var best = candidates.Where(candidate => candidate.Report.Qini is not null).OrderByDescending(candidate => candidate.Report.Qini!.Value).FirstOrDefault();
        return best.Report is null
            ? candidates[^1]
            : candidates.First(candidate => candidate.Report.Qini is { } qini && qini.Value >= best.Report.Qini!.Value - best.Report.Qini.StandardError);
    }

    private static UpliftReport Assess(ActionRows rows, double[] increments, double[] baseline, double confidence) => OffPolicy.UpliftEvidence.Assess(
        new RandomizedOutcomes(rows.Treated, rows.Shares, Array.ConvertAll(rows.Outcomes, outcome => (double)outcome), increments, baseline),
        new OffPolicy.UpliftOptions { Confidence = confidence });

    private static CardUpliftCandidate Candidate(string learner, UpliftReport report) => new(
        learner,
        report.CalibrationSlope?.Value,
        report.CalibrationSlope?.Interval.Lower,
        report.CalibrationSlope?.Interval.Upper,
        report.Qini?.Value,
        report.Qini?.StandardError);
}
