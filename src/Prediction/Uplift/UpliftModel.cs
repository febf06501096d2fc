using Noah.Prediction.Features;

namespace Noah.Prediction.Uplift;

/// <summary>
/// What an action adds to the outcome of each member, from a randomised experiment or a log whose propensities are known or depend on the
/// features alone (no unseen confounders; the engine cannot check that). Immutable and safe to share between threads.
/// </summary>
public sealed class UpliftModel
{
    /// <summary>Rows that each arm needs at least: 100.</summary>
    public const int MinArmRows = 100;

    private const double MaxClippedShare = 0.2;

    private readonly Func<FeatureTable, float[]> _effect;

    private UpliftModel(Func<FeatureTable, float[]> effect, UpliftOptions options)
    {
        _effect = effect;
        Options = options;
    }

    /// <summary>The options it was trained with.</summary>
    public UpliftOptions Options { get; }

    /// <summary>Fits a model.</summary>
    /// <param name="features">What was known before the action.</param>
    /// <param name="treated">[rows] whether the action was taken.</param>
    /// <param name="outcomes">[rows] finite; a probability is modelled where all are 0 or 1.</param>
    /// <param name="propensities">
    /// [rows] probability with which each row was treated, in (0, 1), as logged or set by the experiment; null to estimate them by the base
    /// learner.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Ends the fit early.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome, propensity or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static UpliftFit Train(
        FeatureTable features, bool[] treated, float[] outcomes, float[]? propensities = null, UpliftOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(outcomes);
        options ??= new UpliftOptions();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNotEqual(treated.Length, features.Rows, nameof(treated));
        ArgumentOutOfRangeException.ThrowIfNotEqual(outcomes.Length, features.Rows, nameof(outcomes));
        Require(outcomes, float.IsFinite, nameof(outcomes), "finite");
        if (propensities is not null)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(propensities.Length, features.Rows, nameof(propensities));
            Require(propensities, propensity => propensity is > 0f and < 1f, nameof(propensities), "in (0, 1)");
        }
        var sample = new UpliftSample(features, treated, outcomes, propensities, options);
        int treatedRows = treated.Count(row => row), controlRows = treated.Length - treatedRows;
        if (Math.Min(treatedRows, controlRows) < MinArmRows)
        {
            return Without(UpliftStatus.TooFewRows, 0);
        }
        if (Array.TrueForAll(outcomes, outcome => outcome == outcomes[0]))
        {
            return Without(UpliftStatus.OneOutcome, 0);
        }
        if (options.Learner != UpliftLearner.DoublyRobust)
        {
            var (effect, ofPropensity) = options.Learner == UpliftLearner.T
                ? (FitT(sample, cancellation), 0)
                : FitX(sample, cancellation);
            return ofPropensity > MaxClippedShare * treated.Length
                ? Without(UpliftStatus.NoOverlap, ofPropensity)
                : new UpliftFit(UpliftStatus.Trained, new UpliftModel(effect, options), treatedRows, controlRows, ofPropensity, null);
        }
        var scores = RobustScores.Of(sample, cancellation);
        if (scores.ClippedRows > MaxClippedShare * treated.Length)
        {
            return Without(UpliftStatus.NoOverlap, scores.ClippedRows);
        }
        var robust = new UpliftModel(sample.FitEffect(sample.Rows, scores.Values, 1, cancellation), options);
        return new UpliftFit(UpliftStatus.Trained, robust, treatedRows, controlRows, scores.ClippedRows, scores.Average());

        UpliftFit Without(UpliftStatus status, int clipped) => new(status, null, treatedRows, controlRows, clipped, null);
    }

    /// <summary>Predicts what the action adds to each row's outcome.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[rows], in units of the outcome (a difference of probabilities where outcomes are 0 or 1).</returns>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public float[] Predict(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _effect(table);
    }

    private static Func<FeatureTable, float[]> FitT(UpliftSample sample, CancellationToken cancellation)
    {
        var treated = sample.FitOutcome(sample.Arm(sample.Rows, true), 1, cancellation);
        var control = sample.FitOutcome(sample.Arm(sample.Rows, false), 2, cancellation);
        return table => [.. treated(table).Zip(control(table), (with, without) => with - without)];
    }

    private static (Func<FeatureTable, float[]> Effect, int ClippedRows) FitX(UpliftSample sample, CancellationToken cancellation)
    {
        int[] treatedRows = sample.Arm(sample.Rows, true), controlRows = sample.Arm(sample.Rows, false);
        float[] unsent = sample.FitOutcome(controlRows, 1, cancellation)(sample.Features.Select(treatedRows));
        float[] sent = sample.FitOutcome(treatedRows, 2, cancellation)(sample.Features.Select(controlRows));
        var ofTreated = sample.FitEffect(treatedRows, [.. treatedRows.Select((row, i) => sample.Outcomes[row] - unsent[i])], 3, cancellation);
        var ofControl = sample.FitEffect(controlRows, [.. controlRows.Select((row, i) => sent[i] - sample.Outcomes[row])], 4, cancellation);
        // Any weight in [0, 1] is valid; with given propensities the treated share keeps the model free of them when it scores new rows.
        float share = treatedRows.Length / (float)sample.Rows.Length;
        var weigh = sample.Propensities is null ? sample.FitPropensity(sample.Rows, 5, cancellation) : _ => [share];
        int clipped = sample.Propensities is null ? weigh(sample.Features).Count(propensity => sample.Clip(propensity).Clipped) : 0;
        return (
            table =>
            {
                float[] weights = weigh(table), first = ofControl(table), second = ofTreated(table);
                return [.. first.Select((effect, row) =>
                {
                    float weight = weights.Length == 1 ? weights[0] : weights[row];
                    return weight * effect + (1 - weight) * second[row];
                })];
            },
            clipped);
    }

    private static void Require(float[] values, Predicate<float> fits, string name, string allowed)
    {
        int bad = Array.FindIndex(values, value => !fits(value));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(name, values[bad], $"Row {bad} must be {allowed}.");
        }
    }
}
