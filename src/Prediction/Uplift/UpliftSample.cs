using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>Checked rows of an experiment or a log, and the fits that learners make of them.</summary>
internal sealed record UpliftSample(FeatureTable Features, bool[] Treated, float[] Outcomes, float[]? Propensities, UpliftOptions Options)
{
    private readonly BaseTask _outcomeTask = Array.TrueForAll(Outcomes, y => y is 0f or 1f) ? BaseTask.Probability : BaseTask.Mean;

    public int[] Rows { get; } = [.. Enumerable.Range(0, Treated.Length)];

    public int[] Arm(IEnumerable<int> rows, bool treated) => [.. rows.Where(row => Treated[row] == treated)];

    /// <summary>The outcome model of one arm.</summary>
    public IFittedLearner FitOutcome(int[] armRows, ulong salt, CancellationToken cancellation) => Options.Base.Fit(
        Features.Select(armRows), [.. armRows.Select(row => Outcomes[row])], _outcomeTask, Options.Seed + salt, cancellation);

    public IFittedLearner FitEffect(int[] rows, float[] effects, ulong salt, CancellationToken cancellation) =>
        Options.Base.Fit(Features.Select(rows), effects, BaseTask.Effect, Options.Seed + salt, cancellation);

    public IFittedLearner FitPropensity(int[] rows, ulong salt, CancellationToken cancellation) => Options.Base.Fit(
        Features.Select(rows), [.. rows.Select(row => Treated[row] ? 1f : 0f)], BaseTask.Probability, Options.Seed + salt, cancellation);

    /// <summary>A propensity inside the clip, and whether it had to be moved there.</summary>
    public (float Value, bool Clipped) Clip(float propensity)
    {
        float kept = (float)Math.Clamp(propensity, Options.PropensityClip, 1 - Options.PropensityClip);
        return (kept, kept != propensity);
    }
}
