using Noah.Prediction.Artifacts;
using Noah.Prediction.Attribution;
using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Serving;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Response;

/// <summary>
/// Calibrated probabilities of one or several yes/no outcomes (open, visit, convert, unsubscribe) under each action, from one network after
/// LiRank (arXiv 2402.06859), averaged over folds. Immutable and safe to share between threads; it holds no native
/// memory.
/// </summary>
public sealed class ResponseModel
{
    private const string Kind = "response";

    private readonly FittedNetwork _network;
    private readonly MonotoneCalibration[] _calibrations;

    private ResponseModel(
        FittedNetwork network, MonotoneCalibration[] calibrations, IReadOnlyList<OutcomeSummary> outcomes, ResponseOptions options,
        TrainingReport training)
    {
        _network = network;
        _calibrations = calibrations;
        Outcomes = outcomes;
        Options = options;
        Training = training;
    }

    /// <summary>The options it was trained with.</summary>
    public ResponseOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingReport Training { get; }

    /// <summary>One entry per outcome, in the order of the options.</summary>
    public IReadOnlyList<OutcomeSummary> Outcomes { get; }

    /// <summary>The fitted rules by which it reads tables.</summary>
    public FeatureEncoder Encoder => _network.Encoder;

    /// <summary>Numbers per row of <see cref="Embed"/>.</summary>
    public int EmbeddingWidth => _network.RepresentationWidth;

    /// <summary>Trains a model of one outcome.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <param name="options">Null for the defaults, which know no action but "none".</param>
    /// <param name="progress">Told after each epoch, on the calling thread of <see cref="IProgress{T}"/>'s choice.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
    public static ResponseModel Train(
        FeatureTable features, int[] actions, float[] labels, ResponseOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Train(features, actions, [labels], options, progress, checkpoints, cancellation);
    }

    /// <summary>Trains one network for several outcomes. Each weighs the same: its loss is divided by that of its base rate.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="labels">[outcomes][rows], 0 or 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
    public static ResponseModel Train(
        FeatureTable features, int[] actions, float[][] labels, ResponseOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new ResponseOptions();
        options.ValidateAll();
        ResponseTargets.RequireLabels(labels, options);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        return Train(TrainingSet.Create(features, actions, labels, options, random), options, random, progress, checkpoints, cancellation);
    }

    /// <summary>
    /// Trains on rows that came in batches and were encoded as they came; from the same rows and options it gives the bits that a table gives.
    /// For millions of rows set <see cref="ResponseOptions.Networks"/> to 1.
    /// </summary>
    /// <param name="rows">At least 50, with the labels of each outcome, 0 or 1.</param>
    /// <param name="options">Null for the defaults. <see cref="TrainingOptions.Encoder"/> is not read: the rows are encoded.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">There are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
    public static ResponseModel Train(
        EncodedRows rows, ResponseOptions? options = null, IProgress<TrainingProgress>? progress = null,
        TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new ResponseOptions();
        options.ValidateAll();
        ResponseTargets.RequireLabels(rows.Labels, options);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        return Train(TrainingSet.Create(rows, options, random), options, random, progress, checkpoints, cancellation);
    }

    private static ResponseModel Train(
        TrainingSet set, ResponseOptions options, Random random, IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints,
        CancellationToken cancellation)
    {
        float[][] labels = set.Labels;
        int[] positives = [.. labels.Select(label => label.Count(y => y == 1f))];
        bool[] varies = [.. positives.Select(count => count > 0 && count < set.Rows)];
        double[] rates = [.. positives.Select(count => (count + 0.5) / (set.Rows + 1))];
        var loss = varies.Any(v => v) ? ResponseTargets.LossOf(varies, rates) : null;
        var (network, report, unseen) = FittedNetwork.Fit(
            set, labels.Length, rows => ResponseTargets.StartOf(set, rows, rates), loss, options, random, progress, checkpoints, cancellation);
        var calibrations = new MonotoneCalibration[labels.Length];
        for (int k = 0; k < labels.Length; k++)
        {
            calibrations[k] = varies[k]
                ? ResponseTargets.Calibration(Probabilities(unseen, k, labels.Length), labels[k])
                : MonotoneCalibration.Constant(rates[k]);
        }
        var outcomes = options.Outcomes.Select((name, k) => new OutcomeSummary(name, set.Rows, positives[k], varies[k], calibrations[k].Kind));
        var oneClass = options.Outcomes.Where((_, k) => !varies[k]).Select(name => new ColumnWarning(name, ColumnCondition.OneClass));
        return new ResponseModel(network, calibrations, [.. outcomes], options, report with { Warnings = [.. report.Warnings, .. oneClass] });
    }

    /// <summary>Goes on with the rows of one outcome that came after those it was trained on.</summary>
    /// <inheritdoc cref="Refresh(FeatureTable, int[], float[][], RefreshOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public ResponseModel Refresh(
        FeatureTable features, int[] actions, float[] labels, RefreshOptions? options = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Refresh(features, actions, [labels], options, progress, cancellation);
    }

    /// <summary>
    /// Goes on with rows that came after those it was trained on, for a small part of the work of a new training. Features are read by the
    /// model's own rules: a name that these do not hold is a rare one. Calibration keeps its curve; its level follows the new rows.
    /// </summary>
    /// <param name="features">At least 50 rows, with the features of training and no others.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="labels">[outcomes][rows], 0 or 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after each pass over the rows.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>A new model; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">
    /// Features, actions or outcomes are not the model's, lengths differ, there are too few rows, or a value or option is outside its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The loss is not a number.</exception>
    public ResponseModel Refresh(
        FeatureTable features, int[] actions, float[][] labels, RefreshOptions? options = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new RefreshOptions();
        options.Validate();
        ResponseTargets.RequireLabels(labels, Options);
        Encoder.RequireSame(features);
        var set = TrainingSet.Create(features, actions, labels, Options, new Random((int)(options.Seed ^ (options.Seed >> 32))));
        bool[] varies = [.. Outcomes.Select(outcome => outcome.Varies)];
        double[] rates = [.. Outcomes.Select(outcome => (outcome.Positives + 0.5) / (outcome.Rows + 1))];
        var (network, record, unseen) = _network.Refresh(
            features, set, varies.Any(v => v) ? ResponseTargets.LossOf(varies, rates) : null, options, progress, cancellation);
        OutcomeSummary[] outcomes =
        [
            .. Outcomes.Select((outcome, k) => outcome with
            {
                Rows = outcome.Rows + features.Rows,
                Positives = outcome.Positives + labels[k].Count(y => y == 1f),
            }),
        ];
        MonotoneCalibration[] calibrations =
        [
            .. outcomes.Select((outcome, k) => outcome.Varies
                ? LevelShift.Of(_calibrations[k], Probabilities(unseen, k, outcomes.Length), labels[k])
                : MonotoneCalibration.Constant((outcome.Positives + 0.5) / (outcome.Rows + 1))),
        ];
        return new ResponseModel(network, calibrations, outcomes, Options, Training with { Refreshes = [.. Training.Refreshes, record] });
    }

    /// <summary>Probability of an outcome if every row got the same action.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <param name="outcome">An index into the options' outcomes. Default the first.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or an index is outside its range.</exception>
    public float[] Predict(FeatureTable table, int action, int outcome = 0) =>
        Predict(table, FittedNetwork.Constant(action, table), outcome);

    /// <summary>Probability of an outcome under an action of each row's own.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <param name="outcome">An index into the options' outcomes. Default the first.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an index is outside its range.</exception>
    public float[] Predict(FeatureTable table, ReadOnlySpan<int> actions, int outcome = 0)
    {
        RequireOutcome(outcome);
        return Calibrated(_network.Outputs(table, actions), outcome, 0, 1);
    }

    /// <summary>The same of rows that are encoded already, such as candidates that are scored again and again.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <param name="outcome">An index into the options' outcomes. Default the first.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's (the message names row and column), or an index is outside its
    /// range.</exception>
    public float[] Predict(EncodedBatch rows, int action, int outcome = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireOutcome(outcome);
        return Calibrated(_network.Outputs(rows, FittedNetwork.Constant(action, rows.Rows)), outcome, 0, 1);
    }

    /// <summary>Probability of every outcome under every action, from one pass over the rows: what a plan is made from.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[outcomes][actions][rows], in [0, 1]; the same numbers as <see cref="Predict(FeatureTable, int, int)"/>.</returns>
    /// <exception cref="ArgumentException">A feature is missing.</exception>
    public float[][][] PredictAll(FeatureTable table) => CalibratedAll(_network.OutputsOfAll(table));

    /// <summary>The same of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <returns>[outcomes][actions][rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's; the message names row and column.</exception>
    public float[][][] PredictAll(EncodedBatch rows) => CalibratedAll(_network.OutputsOfAll(rows));

    /// <summary>The same model, scoring in another way. Both share their weights.</summary>
    /// <param name="scoring">A model that was trained or loaded scores by the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public ResponseModel ServedWith(ScoringOptions scoring) =>
        new(_network.ServedWith(scoring), _calibrations, Outcomes, Options, Training);

    /// <summary>
    /// Which features bring about a row's score, by Shapley values on the scale of the network's log odds. Calibration, a rising map of these,
    /// comes behind and is left out.
    /// </summary>
    /// <param name="table">Rows with the features of training: some at a time, as each costs hundreds of scores.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <param name="outcome">An index into the options' outcomes. Default the first.</param>
    /// <param name="top">Features to name of each row, the rest is one sum. Default 5. At least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or a value is outside its range.</exception>
    public Explanation[] Explain(FeatureTable table, int action, int outcome = 0, int top = 5, ExplanationOptions? options = null)
    {
        RequireOutcome(outcome);
        return _network.Explain(table, action, top, options, Outcomes.Count, outputs => outputs[outcome]);
    }

    /// <summary>Scores predictions under the actions taken against what happened.</summary>
    /// <param name="table">Rows that the model has not seen, if the figures are to mean anything.</param>
    /// <param name="actions">[rows] actions taken.</param>
    /// <param name="labels">[rows] 0 or 1.</param>
    /// <param name="outcome">An index into the options' outcomes. Default the first.</param>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or a value is outside its range.</exception>
    public BinaryMetrics Evaluate(FeatureTable table, ReadOnlySpan<int> actions, ReadOnlySpan<float> labels, int outcome = 0) =>
        BinaryMetrics.Compute(Predict(table, actions, outcome), labels);

    /// <summary>
    /// The network's last activation before the action enters: a description of each member learnt from what members respond to.
    /// </summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[rows × <see cref="EmbeddingWidth"/>], row-major, unbounded.</returns>
    /// <exception cref="ArgumentException">A feature is missing.</exception>
    public float[] Embed(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _network.Represent(table);
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream) => Save(stream, WeightPrecision.Full);

    /// <summary>Writes the model, in less room where that is asked for.</summary>
    /// <param name="stream">Writable; stays open.</param>
    /// <param name="precision">How weights are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such precision.</exception>
    public void Save(Stream stream, WeightPrecision precision)
    {
        if (!Enum.IsDefined(precision))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision must be one of its names.");
        }
        var header = new Header(_network.Encoder.ToJson(), Options, Training, Outcomes, _calibrations);
        ArtifactContainer.Write(stream, Kind, header, _network.Tensors(precision));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a response model's file, is of another version, or is damaged.</exception>
    public static ResponseModel Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = FittedNetwork.Restore(header.Encoder, tensors, header.Outcomes.Count, header.Options);
        return new ResponseModel(network, header.Calibrations, header.Outcomes, header.Options, header.Training);
    }

    private static float[] Probabilities(float[] outputs, int outcome, int outcomes)
    {
        var probabilities = new float[outputs.Length / outcomes];
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = 1f / (1f + MathF.Exp(-outputs[row * outcomes + outcome]));
        }
        return probabilities;
    }

    private void RequireOutcome(int outcome)
    {
        if ((uint)outcome >= (uint)Outcomes.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, $"An outcome must be in [0, {Outcomes.Count}).");
        }
    }

    /// <param name="outputs">[rows × actions × outcomes].</param>
    /// <param name="outcome">Which of them.</param>
    /// <param name="action">Which of them.</param>
    /// <param name="actions">Actions of which there are outputs.</param>
    private float[] Calibrated(float[] outputs, int outcome, int action, int actions)
    {
        float[] probabilities = Probabilities(outputs, (action * Outcomes.Count) + outcome, actions * Outcomes.Count);
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = (float)_calibrations[outcome].Apply(probabilities[row]);
        }
        return probabilities;
    }

    private float[][][] CalibratedAll(float[] outputs)
    {
        int actions = Options.Actions.Count;
        return [.. Enumerable.Range(0, Outcomes.Count).Select(outcome => Enumerable.Range(0, actions)
            .Select(action => Calibrated(outputs, outcome, action, actions)).ToArray())];
    }

    private sealed record Header(
        string Encoder, ResponseOptions Options, TrainingReport Training, IReadOnlyList<OutcomeSummary> Outcomes,
        MonotoneCalibration[] Calibrations);
}
