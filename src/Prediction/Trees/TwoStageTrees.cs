using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;

namespace Noah.Prediction.Trees;

/// <summary>
/// Expected amount as P(amount &gt; 0) × E[amount | amount &gt; 0] from boosted trees (the two-step model of Zadrozny and Elkan 2001), each
/// stage averaged over the folds of repeated splits, calibrated on predictions for rows unseen, and carried to the population's rate where
/// training rows were sampled by outcome (Elkan 2001, theorem 2). Averaging takes out the chance of early stopping, which at a few thousand
/// rows moves single models more than their features do.
/// </summary>
public sealed class TwoStageTrees
{
    /// <summary>Positive amounts, and zeros, that a fit needs at least: 50.</summary>
    public const int MinOfEach = 50;

    private const string Kind = "two-stage-trees";

    private readonly BoostedTrees[] _response, _amount;
    private readonly LogOddsLine _line;
    private readonly double _oddsFactor, _amountFactor;

    private TwoStageTrees(
        BoostedTrees[] response, BoostedTrees[] amount, LogOddsLine line, double oddsFactor, double amountFactor, TwoStageOptions options,
        string dataDigest)
    {
        _response = response;
        _amount = amount;
        _line = line;
        _oddsFactor = oddsFactor;
        _amountFactor = amountFactor;
        Options = options;
        DataDigest = dataDigest;
    }

    /// <summary>The options it was trained with.</summary>
    public TwoStageOptions Options { get; }

    /// <summary>SHA-256, in lower-case hex, of the features and amounts it was trained on.</summary>
    public string DataDigest { get; }

    /// <summary>The features that a table must have; others are ignored.</summary>
    public IReadOnlyList<FeatureSpec> Schema => _response[0].Schema;

    /// <summary>Slope of the calibration of log odds: below 1 the trees were too sure, above 1 too timid.</summary>
    public double CalibrationSlope => _line.Slope;

    /// <summary>Actual over predicted amount of unseen rows with one, which predictions are multiplied by.</summary>
    public double AmountFactor => _amountFactor;

    /// <summary>Fits both stages.</summary>
    /// <param name="features">The training rows.</param>
    /// <param name="amounts">[rows] finite and ≥ 0, 0 for no response.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told the share of finished models, in (0, 1].</param>
    /// <param name="cancellation">Looked at before each round of boosting.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an amount or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TwoStageFit Train(
        FeatureTable features, float[] amounts, TwoStageOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(amounts);
        options ??= new TwoStageOptions();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNotEqual(amounts.Length, features.Rows, nameof(amounts));
        int bad = Array.FindIndex(amounts, amount => !(amount >= 0f && float.IsFinite(amount)));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(amounts), amounts[bad], $"The amount of row {bad} must be finite and at least 0.");
        }
        bool[] responded = Array.ConvertAll(amounts, amount => amount > 0f);
        int[] positives = [.. Enumerable.Range(0, amounts.Length).Where(row => responded[row])];
        int zeros = amounts.Length - positives.Length;
        if (positives.Length < MinOfEach || zeros < MinOfEach)
        {
            return new TwoStageFit(TwoStageStatus.TooFewOfOneKind, null, positives.Length, zeros);
        }

        int models = 2 * options.Folds * options.Repeats, finished = 0;
        void Finished() => progress?.Report((double)++finished / models);
        var response = CrossFit.Run(
            features, Array.ConvertAll(responded, label => label ? 1f : 0f), options.Response with { Loss = TreeLoss.Logistic },
            options.Folds, options.Repeats, options.Seed, Finished, cancellation);
        float[] given = [.. positives.Select(row => amounts[row])];
        var amount = CrossFit.Run(
            features.Select(positives), given, options.Amount, options.Folds, options.Repeats, options.Seed + 1, Finished, cancellation);
        double odds = positives.Length / (double)zeros;
        double factor = options.PopulationRate is { } rate ? rate / (1 - rate) / odds : 1;
        double predicted = amount.Unseen.Sum(value => Math.Max(0.0, value));
        double level = predicted > 0 ? given.Sum(value => (double)value) / predicted : 1;
        var model = new TwoStageTrees(
            response.Models, amount.Models, LogOddsLine.Fit(response.Unseen, responded), factor, level, options,
            Noah.Prediction.Training.DataDigest.Compute(features, [], [amounts]));
        return new TwoStageFit(TwoStageStatus.Trained, model, positives.Length, zeros);
    }

    /// <summary>Predicts.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public TwoStagePrediction[] Predict(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        float[] probabilities = CrossFit.Mean(_response, table), amounts = CrossFit.Mean(_amount, table);
        return
        [
            .. probabilities.Zip(amounts, (probability, amount) => new TwoStagePrediction(
                (float)_line.Apply(probability, _oddsFactor), (float)(_amountFactor * Math.Max(0f, amount)))),
        ];
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream)
    {
        var (parts, tensors) = PartHeader.Join([.. _response.Concat(_amount).Select(trees => trees.ToPart())]);
        ArtifactContainer.Write(stream, Kind, new Header(Options, DataDigest, _line, _oddsFactor, _amountFactor, parts), tensors);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a file of two-stage trees, is of another version, or is damaged.</exception>
    public static TwoStageTrees Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        if (header is not { Options: not null, DataDigest: not null, Line: not null, Parts: not null }
            || !(double.IsFinite(header.Line.Slope + header.Line.Shift) && header.OddsFactor > 0 && header.AmountFactor >= 0)
            || header.Parts.Length != 2 * header.Options.Folds * header.Options.Repeats)
        {
            throw new InvalidDataException("The model file's header lacks a part.");
        }
        BoostedTrees[] trees = [.. PartHeader.Split(header.Parts, tensors).Select(BoostedTrees.FromPart)];
        int half = trees.Length / 2;
        return new TwoStageTrees(
            trees[..half], trees[half..], header.Line, header.OddsFactor, header.AmountFactor, header.Options, header.DataDigest);
    }

    private sealed record Header(
        TwoStageOptions Options, string DataDigest, LogOddsLine Line, double OddsFactor, double AmountFactor, PartHeader[] Parts);
}
