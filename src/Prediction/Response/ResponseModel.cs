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
    private readonly ResponseScores _scores;

    internal ResponseModel(
        FittedNetwork network, MonotoneCalibration[] calibrations, IReadOnlyList<OutcomeSummary> outcomes, ResponseOptions options,
        TrainingReport training)
    {
        _scores = new ResponseScores(calibrations, options.Actions.Count);
        (Network, Calibrations, Outcomes) = (network, calibrations, outcomes);
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
    public FeatureEncoder Encoder => Network.Encoder;

    /// <summary>Numbers per row of <see cref="Embed"/>.</summary>
    public int EmbeddingWidth => Network.RepresentationWidth;

    internal FittedNetwork Network { get; }

    /// <summary>[outcomes].</summary>
    internal MonotoneCalibration[] Calibrations { get; }

    /// <summary>Trains a model of one outcome.</summary>
    /// <inheritdoc cref="Train(FeatureTable, int[], float[][], ResponseOptions?, IProgress{TrainingProgress}?, TrainingCheckpoints?, CancellationToken)"/>
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
        return ResponseTraining.Train(
            random => TrainingSet.Create(features, actions, labels, options, random), options, progress, checkpoints, cancellation);
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
        return ResponseTraining.Train(random => TrainingSet.Create(rows, options, random), options, progress, checkpoints, cancellation);
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
        return ResponseTraining.Refresh(this, features, set, options, progress, cancellation);
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
        return _scores.Of(Network.Outputs(table, actions), outcome);
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
        return _scores.Of(Network.Outputs(rows, FittedNetwork.Constant(action, rows.Rows)), outcome);
    }

    /// <summary>Probability of every outcome under every action, from one pass over the rows: what a plan is made from.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[outcomes][actions][rows], in [0, 1]; the same numbers as <see cref="Predict(FeatureTable, int, int)"/>.</returns>
    /// <exception cref="ArgumentException">A feature is missing.</exception>
    public float[][][] PredictAll(FeatureTable table) => _scores.All(Network.OutputsOfAll(table));

    /// <summary>The same of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <returns>[outcomes][actions][rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's; the message names row and column.</exception>
    public float[][][] PredictAll(EncodedBatch rows) => _scores.All(Network.OutputsOfAll(rows));

    /// <summary>The same model, scoring in another way. Both share their weights.</summary>
    /// <param name="scoring">A model that was trained or loaded scores by the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public ResponseModel ServedWith(ScoringOptions scoring) =>
        new(Network.ServedWith(scoring), Calibrations, Outcomes, Options, Training);

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
        return Network.Explain(table, action, top, options, Outcomes.Count, outputs => outputs[outcome]);
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
        return Network.Represent(table);
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream) => Save(stream, WeightPrecision.Full);

    /// <summary>Writes the model, in less room where that is asked for.</summary>
    /// <param name="stream">Writable; stays open.</param>
    /// <param name="precision">How weights are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such precision.</exception>
    public void Save(Stream stream, WeightPrecision precision) => ResponseFile.Write(stream, this, precision);

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a response model's file, is of another version, or is damaged.</exception>
    public static ResponseModel Load(Stream stream) => ResponseFile.Read(stream);

    private void RequireOutcome(int outcome)
    {
        if ((uint)outcome >= (uint)Outcomes.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(outcome), outcome, $"An outcome must be in [0, {Outcomes.Count}).");
        }
    }
}
