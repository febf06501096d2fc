using Noah.Prediction.Attribution;
using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Serving;
using Noah.Prediction.Training;
using Noah.Prediction.Training.Incremental;

namespace Noah.Prediction.Value;

/// <summary>
/// The distribution of an amount that is mostly zero and heavy-tailed where it is not (spend, lifetime value) under each action:
/// zero-inflated lognormal (Wang, Liu, Miao 2019), or a mixture of lognormals, on the response
/// network, over one or several horizons. Immutable and safe to share between threads.
/// </summary>
public sealed class ValueModel
{
    private readonly ValueScores _scores;

    internal ValueModel(
        FittedNetwork network, ValueCalibration calibration, AmountScale scale, int positives, ValueOptions options, TrainingReport training)
    {
        _scores = new ValueScores(ValueTargets.MixtureOf(options), positives > 0 ? calibration : null, scale.MaxMu, options.Actions.Count);
        (Network, Calibration, Scale) = (network, calibration, scale);
        Positives = positives;
        Options = options;
        Training = training;
    }

    /// <summary>The options it was trained with.</summary>
    public ValueOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingReport Training { get; }

    /// <summary>Training rows with an amount above 0 within the last horizon. With none, every prediction is 0.</summary>
    public int Positives { get; }

    /// <summary>How the probability of an amount within the first horizon was calibrated.</summary>
    public CalibrationKind PositiveCalibration => Calibration.Hazards[0].Kind;

    /// <summary>How the mean of the first horizon was calibrated.</summary>
    public CalibrationKind MeanCalibration => Calibration.Increments[0].Kind;

    /// <summary>The fitted rules by which it reads tables.</summary>
    public FeatureEncoder Encoder => Network.Encoder;

    internal FittedNetwork Network { get; }

    internal ValueCalibration Calibration { get; }

    internal AmountScale Scale { get; }

    /// <summary>Trains a model of one horizon.</summary>
    /// <inheritdoc cref="Train(FeatureTable, int[], float[][], ValueOptions?, IProgress{TrainingProgress}?, TrainingCheckpoints?, CancellationToken)"/>
    public static ValueModel Train(
        FeatureTable features, int[] actions, float[] amounts, ValueOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        return Train(features, actions, [amounts], options, progress, checkpoints, cancellation);
    }

    /// <summary>Trains one network for all horizons, whose predictions rise from horizon to horizon by construction.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="amounts">[horizons][rows] amounts from the start to the end of each horizon, finite, ≥ 0 and not falling.</param>
    /// <param name="options">Null for the defaults, which know no action but "none" and one horizon.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
    public static ValueModel Train(
        FeatureTable features, int[] actions, float[][] amounts, ValueOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(amounts);
        options ??= new ValueOptions();
        options.Validate();
        ValueTargets.RequireAmounts(amounts, options);
        return ValueTraining.Train(
            random => TrainingSet.Create(features, actions, amounts, options, random), options, progress, checkpoints, cancellation);
    }

    /// <summary>
    /// Trains on rows that came in batches and were encoded as they came; from the same rows and options it gives the bits that a table gives.
    /// For millions of rows set <see cref="ValueOptions.Networks"/> to 1.
    /// </summary>
    /// <param name="rows">At least 50, with the amounts of each horizon, finite, ≥ 0 and not falling.</param>
    /// <param name="options">Null for the defaults. <see cref="TrainingOptions.Encoder"/> is not read: the rows are encoded.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">There are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
    public static ValueModel Train(
        EncodedRows rows, ValueOptions? options = null, IProgress<TrainingProgress>? progress = null,
        TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new ValueOptions();
        options.Validate();
        ValueTargets.RequireAmounts(rows.Labels, options);
        return ValueTraining.Train(random => TrainingSet.Create(rows, options, random), options, progress, checkpoints, cancellation);
    }

    /// <summary>Goes on with the rows of one horizon that came after those it was trained on.</summary>
    /// <inheritdoc cref="Refresh(FeatureTable, int[], float[][], RefreshOptions?, IProgress{TrainingProgress}?, CancellationToken)"/>
    public ValueModel Refresh(
        FeatureTable features, int[] actions, float[] amounts, RefreshOptions? options = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        return Refresh(features, actions, [amounts], options, progress, cancellation);
    }

    /// <summary>
    /// Goes on with rows that came after those it was trained on, for a small part of the work of a new training. Features are read by the
    /// model's own rules: a name that these do not hold is a rare one. Calibration keeps its curves; their levels, of probabilities and of
    /// amounts, follow the new rows.
    /// </summary>
    /// <param name="features">At least 50 rows, with the features of training and no others.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="amounts">[horizons][rows] amounts from the start to the end of each horizon, finite, ≥ 0 and not falling.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Told after each pass over the rows.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>A new model; this one stays as it is.</returns>
    /// <exception cref="ArgumentException">
    /// Features, actions or horizons are not the model's, lengths differ, there are too few rows, or a value or option is outside its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidOperationException">
    /// The loss is not a number, or <see cref="Positives"/> is 0: of amounts that it has never seen it knows no scale, and must be trained anew.
    /// </exception>
    public ValueModel Refresh(
        FeatureTable features, int[] actions, float[][] amounts, RefreshOptions? options = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(amounts);
        options ??= new RefreshOptions();
        options.Validate();
        ValueTargets.RequireAmounts(amounts, Options);
        Encoder.RequireSame(features);
        var set = TrainingSet.Create(features, actions, amounts, Options, new Random((int)(options.Seed ^ (options.Seed >> 32))));
        return Positives > 0
            ? ValueTraining.Refresh(this, features, set, options, progress, cancellation)
            : throw new InvalidOperationException("The model has seen no amount above 0 and cannot go on; it must be trained anew.");
    }

    /// <summary>The distribution of the amount over the last horizon if every row got the same action.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or the action is outside its range.</exception>
    public ValuePrediction[] Predict(FeatureTable table, int action) => Predict(table, FittedNetwork.Constant(action, table));

    /// <summary>The distribution of the amount over the last horizon under an action of each row's own.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an action is outside its range.</exception>
    public ValuePrediction[] Predict(FeatureTable table, ReadOnlySpan<int> actions) => _scores.Last(Network.Outputs(table, actions));

    /// <summary>The distribution of the amount over the last horizon under every action, from one pass over the rows.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[actions][rows]; the same numbers as <see cref="Predict(FeatureTable, int)"/>.</returns>
    /// <exception cref="ArgumentException">A feature is missing.</exception>
    public ValuePrediction[][] PredictAll(FeatureTable table) => _scores.LastOfAll(Network.OutputsOfAll(table));

    /// <summary>The same of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <returns>[actions][rows].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's; the message names row and column.</exception>
    public ValuePrediction[][] PredictAll(EncodedBatch rows) => _scores.LastOfAll(Network.OutputsOfAll(rows));

    /// <summary>The distribution of the amount over the last horizon of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's (the message names row and column), or the action is outside its
    /// range.</exception>
    public ValuePrediction[] Predict(EncodedBatch rows, int action)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return _scores.Last(Network.Outputs(rows, FittedNetwork.Constant(action, rows.Rows)));
    }

    /// <summary>The same model, scoring in another way. Both share their weights.</summary>
    /// <param name="scoring">A model that was trained or loaded scores by the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public ValueModel ServedWith(ScoringOptions scoring) =>
        new(Network.ServedWith(scoring), Calibration, Scale, Positives, Options, Training);

    /// <summary>The distributions of the amount over every horizon if every row got the same action.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows][horizons]; within a row probability, mean and every quantile do not fall.</returns>
    /// <exception cref="ArgumentException">A feature is missing, or the action is outside its range.</exception>
    public ValuePrediction[][] PredictHorizons(FeatureTable table, int action) =>
        PredictHorizons(table, FittedNetwork.Constant(action, table));

    /// <summary>The distributions of the amount over every horizon under an action of each row's own.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <returns>[rows][horizons]; within a row probability, mean and every quantile do not fall.</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an action is outside its range.</exception>
    public ValuePrediction[][] PredictHorizons(FeatureTable table, ReadOnlySpan<int> actions) =>
        _scores.Horizons(Network.Outputs(table, actions));

    /// <summary>
    /// Which features bring about a row's expected amount, by Shapley values on the scale of its logarithm: contributions are factors, exp(0.1)
    /// is 11 % more. The mean is the network's, over the last horizon; calibration comes behind and is left out.
    /// </summary>
    /// <param name="table">Rows with the features of training: some at a time, as each costs hundreds of scores.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <param name="top">Features to name of each row, the rest is one sum. Default 5. At least 1.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or a value is outside its range.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Positives"/> is 0: all amounts are 0, and 0 has no logarithm.</exception>
    public Explanation[] Explain(FeatureTable table, int action, int top = 5, ExplanationOptions? options = null) => Positives > 0
        ? Network.Explain(table, action, top, options, _scores.Outputs, _scores.LogMean)
        : throw new InvalidOperationException("The model has seen no amount above 0; there is nothing to explain.");

    /// <summary>Scores predictions over the last horizon under the actions taken against what happened.</summary>
    /// <param name="table">Rows that the model has not seen, if the figures are to mean anything.</param>
    /// <param name="actions">[rows] actions taken.</param>
    /// <param name="amounts">[rows] actual amounts, finite and ≥ 0.</param>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or a value is outside its range.</exception>
    public ValueMetrics Evaluate(FeatureTable table, ReadOnlySpan<int> actions, ReadOnlySpan<float> amounts)
    {
        var predictions = Predict(table, actions);
        float[] means = [.. predictions.Select(p => (float)p.Mean)], positives = [.. predictions.Select(p => (float)p.PositiveProbability)];
        return ValueMetrics.Compute(means, positives, amounts);
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream) => ValueFile.Write(stream, this);

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a value model's file, is of another version, or is damaged.</exception>
    public static ValueModel Load(Stream stream) => ValueFile.Read(stream);
}
