using System.Text.Json.Nodes;
using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;
using Noah.Prediction.Training;

namespace Noah.Prediction.Trees;

/// <summary>
/// Gradient-boosted regression trees on histograms (Friedman 2001; Chen and Guestrin 2016; Ke et al. 2017): at most 255 bins a feature,
/// second-order gains with an L2 penalty, leaf-wise growth, a learnt direction for the missing, names split by ordered gradients. Pure
/// managed code: no native library. Immutable and safe to share between threads.
/// </summary>
public sealed class BoostedTrees
{
    internal const string Kind = "trees";

    private const string LabelName = "label";

    private readonly FeatureBins[] _bins;
    private readonly double _start;
    private readonly Forest _forest;
    private readonly TreeObjective _objective;

    private BoostedTrees(FeatureBins[] bins, double start, Forest forest, TreeOptions options, TreeStatus status, TreeReport report)
    {
        _bins = bins;
        _start = start;
        _forest = forest;
        _objective = new TreeObjective(options.Loss, options.TweediePower);
        Options = options;
        Status = status;
        Training = report;
    }

    /// <summary>The options it was trained with.</summary>
    public TreeOptions Options { get; }

    /// <summary>How the fit ended; never <see cref="TreeStatus.NoRows"/>.</summary>
    public TreeStatus Status { get; }

    /// <summary>How training went.</summary>
    public TreeReport Training { get; }

    /// <summary>The features that a table must have; others are ignored.</summary>
    public IReadOnlyList<FeatureSpec> Schema => [.. _bins.Select(feature => feature.Spec)];

    /// <summary>Fits a model. Rows of weight 0 take no part.</summary>
    /// <param name="features">Any number of rows.</param>
    /// <param name="labels">[rows], in the range of the loss.</param>
    /// <param name="weights">[rows] finite and ≥ 0; null for 1 each.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellation">Looked at before each round.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a label, weight or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TreeFit Train(
        FeatureTable features, float[] labels, float[]? weights = null, TreeOptions? options = null,
        IProgress<TreeProgress>? progress = null, CancellationToken cancellation = default) =>
        Fit(features, labels, weights, options, null, progress, cancellation);

    internal static TreeFit Fit(
        FeatureTable features, float[] labels, float[]? weights, TreeOptions? options, StoppingPart? stopping,
        IProgress<TreeProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new TreeOptions();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, features.Rows, nameof(labels));
        RequireWeights(weights, features.Rows);
        new TreeObjective(options.Loss, options.TweediePower).RequireLabels(labels);

        int[] rows = stopping is null
            ? [.. Enumerable.Range(0, features.Rows).Where(row => weights is null || weights[row] > 0)]
            : stopping.Training;
        var report = new TreeReport
        {
            Seed = options.Seed,
            Rows = features.Rows,
            DataDigest = DataDigest.Compute(features, [], weights is null ? [labels] : [labels, weights]),
            Rounds = 0,
            BestRound = 0,
            ValidationLoss = null,
            Warnings = rows.Length == 0 ? [] : ColumnCheck.Of(features, labels, rows),
            Gains = [],
        };
        if (rows.Length == 0)
        {
            return new TreeFit(TreeStatus.NoRows, null, report);
        }
        FeatureBins[] bins = [.. features.Columns.Select(column => FeatureBins.Fit(column, rows, options))];
        var boosting = new Boosting(bins, BinnedTable.Of(features, bins), labels, weights, options);
        bool oneLabel = report.Warnings.Any(warning => warning == new ColumnWarning(LabelName, ColumnCondition.Constant));
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        var (training, validation) = stopping is null ? Divide(rows, options.ValidationShare, random) : (rows, stopping.Validation);
        var outcome = oneLabel
            ? boosting.Run(rows, [], 0, random, progress, cancellation)
            : boosting.Run(training, validation, options.MaxRounds, random, progress, cancellation);
        var status = oneLabel ? TreeStatus.OneLabel
            : outcome.Forest.Nodes.Length > outcome.Forest.Roots.Length ? TreeStatus.Trained : TreeStatus.NoUsefulSplit;
        report = report with
        {
            Rounds = outcome.Rounds,
            BestRound = outcome.Forest.Roots.Length,
            ValidationLoss = outcome.ValidationLoss,
            Gains = [.. bins.Select((feature, f) => new FeatureGain(feature.Name, outcome.Splits[f], outcome.Gains[f]))
                .Where(gain => gain.Splits > 0).OrderByDescending(gain => gain.Gain)],
        };
        return new TreeFit(status, new BoostedTrees(bins, outcome.Start, outcome.Forest, options, status, report), report);
    }

    /// <summary>Predicts the mean of the label: a probability with the logistic loss.</summary>
    /// <param name="table">Rows with the features of training; unseen names and missing values are allowed everywhere.</param>
    /// <returns>[rows], finite.</returns>
    /// <exception cref="ArgumentException">A feature is missing or of the other kind.</exception>
    public float[] Predict(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var binned = BinnedTable.Of(table, _bins);
        var margins = new double[table.Rows];
        Array.Fill(margins, _start);
        foreach (int root in _forest.Roots)
        {
            Forest.AddTo(margins, _forest.Nodes, root, binned);
        }
        return [.. margins.Select(_objective.Respond)];
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream)
    {
        var whole = ToPart();
        ArtifactContainer.Write(stream, Kind, whole.Content, whole.Tensors);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a file of boosted trees, is of another version, or is damaged.</exception>
    public static BoostedTrees Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<JsonNode>(stream, Kind);
        return FromPart(new ArtifactPart(Kind, header, tensors));
    }

    internal ArtifactPart ToPart() =>
        ArtifactPart.Of(Kind, new Header(_bins, _start, _forest.Roots, Options, Status, Training), _forest.Tensors());

    /// <exception cref="InvalidDataException">The part holds no boosted trees.</exception>
    internal static BoostedTrees FromPart(ArtifactPart part)
    {
        var header = part.Read<Header>(Kind);
        if (header is not { Bins: not null, Roots: not null, Options: not null, Training: not null } || !double.IsFinite(header.Start))
        {
            throw new InvalidDataException("The model file's header lacks a part.");
        }
        var forest = Forest.Restore(part.Tensors, header.Roots, header.Bins.Length);
        return new BoostedTrees(header.Bins, header.Start, forest, header.Options, header.Status, header.Training);
    }

    private static void RequireWeights(float[]? weights, int rows)
    {
        if (weights is null)
        {
            return;
        }
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, rows, nameof(weights));
        int bad = Array.FindIndex(weights, weight => !(weight >= 0f && float.IsFinite(weight)));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(weights), weights[bad], $"The weight of row {bad} must be finite and at least 0.");
        }
    }

    private static (int[] Training, int[] Validation) Divide(int[] rows, double share, Random random)
    {
        int held = (int)(share * rows.Length);
        var order = (int[])rows.Clone();
        random.Shuffle(order);
        int[] validation = order[..held], training = order[held..];
        // In the order of the table memory is read forwards.
        Array.Sort(validation);
        Array.Sort(training);
        return (training, validation);
    }

    private sealed record Header(FeatureBins[] Bins, double Start, int[] Roots, TreeOptions Options, TreeStatus Status, TreeReport Training);
}
