using Noah.Prediction.Artifacts;
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

    private const string Kind = "uplift";
    private const double MaxClippedShare = 0.2;

    private readonly UpliftParts _parts;

    private UpliftModel(UpliftParts parts, UpliftOptions options, IReadOnlyList<FeatureSpec> schema, string dataDigest)
    {
        _parts = parts;
        Options = options;
        Schema = schema;
        DataDigest = dataDigest;
    }

    /// <summary>The options it was trained with.</summary>
    public UpliftOptions Options { get; }

    /// <summary>The features that a table must have; others are ignored.</summary>
    public IReadOnlyList<FeatureSpec> Schema { get; }

    /// <summary>SHA-256, in lower-case hex, of the features, arms and outcomes it was trained on, and of propensities that were given.</summary>
    public string DataDigest { get; }

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
            var (parts, ofPropensity) = options.Learner == UpliftLearner.T
                ? (FitT(sample, cancellation), 0)
                : FitX(sample, cancellation);
            return ofPropensity > MaxClippedShare * treated.Length
                ? Without(UpliftStatus.NoOverlap, ofPropensity)
                : With(parts, ofPropensity, null);
        }
        var scores = RobustScores.Of(sample, cancellation);
        return scores.ClippedRows > MaxClippedShare * treated.Length
            ? Without(UpliftStatus.NoOverlap, scores.ClippedRows)
            : With(new UpliftParts([sample.FitEffect(sample.Rows, scores.Values, 1, cancellation)]), scores.ClippedRows, scores.Average());

        UpliftFit With(UpliftParts parts, int clipped, AverageEffect? average)
        {
            float[][] labels = propensities is null ? [outcomes] : [outcomes, propensities];
            string digest = Noah.Prediction.Training.DataDigest.Compute(features, Array.ConvertAll(treated, row => row ? 1 : 0), labels);
            var model = new UpliftModel(parts, options, features.Schema, digest);
            return new UpliftFit(UpliftStatus.Trained, model, treatedRows, controlRows, clipped, average);
        }

        UpliftFit Without(UpliftStatus status, int clipped) => new(status, null, treatedRows, controlRows, clipped, null);
    }

    /// <summary>Predicts what the action adds to each row's outcome.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[rows], in units of the outcome (a difference of probabilities where outcomes are 0 or 1).</returns>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public float[] Predict(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _parts.Effect(table, Options.Learner);
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    /// <exception cref="NotSupportedException">It was built from a base learner that is not the engine's own.</exception>
    public void Save(Stream stream)
    {
        var (parts, tensors) = PartHeader.Join(_parts.ToParts());
        ArtifactContainer.Write(stream, Kind, new Header(Options, Schema, DataDigest, _parts.TreatedShare, parts), tensors);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not an uplift model's file, is of another version, or is damaged.</exception>
    public static UpliftModel Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        if (header is not { Options.Base: not null, Schema: not null, DataDigest: not null, Parts: not null })
        {
            throw new InvalidDataException("The model file's header lacks a part.");
        }
        var parts = new UpliftParts(
            [.. PartHeader.Split(header.Parts, tensors).Select(FittedPart.FromPart)], header.TreatedShare);
        return parts.Fit(header.Options.Learner)
            ? new UpliftModel(parts, header.Options, header.Schema, header.DataDigest)
            : throw new InvalidDataException($"The model file's {parts.Fits.Length} fits do not make the learner {header.Options.Learner}.");
    }

    private static UpliftParts FitT(UpliftSample sample, CancellationToken cancellation) => new(
    [
        sample.FitOutcome(sample.Arm(sample.Rows, true), 1, cancellation), sample.FitOutcome(sample.Arm(sample.Rows, false), 2, cancellation),
    ]);

    private static (UpliftParts Parts, int ClippedRows) FitX(UpliftSample sample, CancellationToken cancellation)
    {
        int[] treatedRows = sample.Arm(sample.Rows, true), controlRows = sample.Arm(sample.Rows, false);
        float[] unsent = sample.FitOutcome(controlRows, 1, cancellation).Predict(sample.Features.Select(treatedRows));
        float[] sent = sample.FitOutcome(treatedRows, 2, cancellation).Predict(sample.Features.Select(controlRows));
        var ofTreated = sample.FitEffect(treatedRows, [.. treatedRows.Select((row, i) => sample.Outcomes[row] - unsent[i])], 3, cancellation);
        var ofControl = sample.FitEffect(controlRows, [.. controlRows.Select((row, i) => sent[i] - sample.Outcomes[row])], 4, cancellation);
        if (sample.Propensities is not null)
        {
            // Any weight in [0, 1] is valid; with given propensities the treated share keeps the model free of them when it scores new rows.
            return (new UpliftParts([ofTreated, ofControl], treatedRows.Length / (float)sample.Rows.Length), 0);
        }
        var propensity = sample.FitPropensity(sample.Rows, 5, cancellation);
        int clipped = propensity.Predict(sample.Features).Count(value => sample.Clip(value).Clipped);
        return (new UpliftParts([ofTreated, ofControl, propensity]), clipped);
    }

    private static void Require(float[] values, Predicate<float> fits, string name, string allowed)
    {
        int bad = Array.FindIndex(values, value => !fits(value));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(name, values[bad], $"Row {bad} must be {allowed}.");
        }
    }

    private sealed record Header(
        UpliftOptions Options, IReadOnlyList<FeatureSpec> Schema, string DataDigest, float? TreatedShare, PartHeader[] Parts);
}
