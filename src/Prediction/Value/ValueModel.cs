using System.Text.Json.Serialization;
using Noah.Prediction.Artifacts;
using Noah.Prediction.Attribution;
using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Losses;
using Noah.Prediction.Serving;
using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Prediction.Value;

/// <summary>
/// The distribution of an amount that is mostly zero and heavy-tailed where it is not (spend, lifetime value) under each action:
/// zero-inflated lognormal (Wang, Liu, Miao 2019), or a mixture of lognormals, on the response
/// network, over one or several horizons. Immutable and safe to share between threads.
/// </summary>
public sealed class ValueModel
{
    private const string Kind = "value", AmountName = "amount";

    // Beyond it exp(mu + sigma²/2) of a stray row outweighs all others.
    private const double MuPercentile = 0.999;

    private readonly FittedNetwork _network;
    private readonly LognormalMixture _mixture;
    private readonly ValueCalibration _calibration;
    private readonly double _maxMu;

    private ValueModel(
        FittedNetwork network, ValueCalibration calibration, double maxMu, int positives, ValueOptions options, TrainingReport training)
    {
        _network = network;
        _mixture = MixtureOf(options);
        _calibration = calibration;
        _maxMu = maxMu;
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
    public CalibrationKind PositiveCalibration => _calibration.Hazards[0].Kind;

    /// <summary>How the mean of the first horizon was calibrated.</summary>
    public CalibrationKind MeanCalibration => _calibration.Increments[0].Kind;

    /// <summary>The fitted rules by which it reads tables.</summary>
    public FeatureEncoder Encoder => _network.Encoder;

    /// <summary>Trains a model of one horizon.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="amounts">[rows] finite and ≥ 0.</param>
    /// <param name="options">Null for the defaults, which know no action but "none". One horizon.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged, or of another training.</exception>
    /// <exception cref="InvalidOperationException">The training loss is not a number, at any rate that was tried.</exception>
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
        RequireAmounts(amounts, options.HorizonPeriods.Count);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        return Train(TrainingSet.Create(features, actions, amounts, options, random), options, random, progress, checkpoints, cancellation);
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
        RequireAmounts(rows.Labels, options.HorizonPeriods.Count);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        return Train(TrainingSet.Create(rows, options, random), options, random, progress, checkpoints, cancellation);
    }

    private static ValueModel Train(
        TrainingSet set, ValueOptions options, Random random, IProgress<TrainingProgress>? progress, TrainingCheckpoints? checkpoints,
        CancellationToken cancellation)
    {
        float[][] amounts = set.Labels;
        var mixture = MixtureOf(options);
        float[] last = amounts[^1];
        double[] logs = [.. last.Where(amount => amount > 0f).Select(amount => Math.Log(amount)).Order()];
        if (logs.Length == 0)
        {
            var (constant, noVariation, _) = FittedNetwork.Fit(
                set, mixture.Outputs, _ => [], null, options, random, progress, checkpoints, cancellation);
            var oneClass = new ColumnWarning(AmountName, ColumnCondition.OneClass);
            return new ValueModel(
                constant, ValueCalibration.Zero(amounts.Length), 0, 0, options,
                noVariation with { Warnings = [.. noVariation.Warnings, oneClass] });
        }
        var start = new ValueStart(set, mixture);
        using Scalar scale = 1 / start.ConstantLoss();
        var (network, report, unseen) = FittedNetwork.Fit(
            set, mixture.Outputs, start.Of, (outputs, labels) => mixture.Loss(outputs, labels).mul(scale), options, random, progress,
            checkpoints, cancellation);
        double maxMu = logs[(int)(MuPercentile * (logs.Length - 1))];
        // NaN marks the rows of folds without a network.
        int[] judged = [.. Enumerable.Range(0, set.Rows).Where(row => !float.IsNaN(unseen[row * mixture.Outputs]))];
        MixtureParameters[][] read =
        [
            .. judged.Select(row => mixture.Read(unseen.AsSpan(row * mixture.Outputs, mixture.Outputs), maxMu)),
        ];
        var calibration = ValueCalibration.Fit(read, [.. amounts.Select(horizon => Array.ConvertAll(judged, row => horizon[row]))]);
        var odd = ColumnProfile.Of(new FeatureSpec(AmountName, FeatureKind.Numeric), 0);
        odd.Add(FeatureColumn.Numeric(AmountName, last));
        return new ValueModel(
            network, calibration, maxMu, logs.Length, options,
            odd.Check() is { } warning ? report with { Warnings = [.. report.Warnings, warning] } : report);
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
    public ValuePrediction[] Predict(FeatureTable table, ReadOnlySpan<int> actions) => Last(Decode(table, actions), 0, 1);

    /// <summary>The distribution of the amount over the last horizon under every action, from one pass over the rows.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <returns>[actions][rows]; the same numbers as <see cref="Predict(FeatureTable, int)"/>.</returns>
    /// <exception cref="ArgumentException">A feature is missing.</exception>
    public ValuePrediction[][] PredictAll(FeatureTable table) => LastOfAll(_network.OutputsOfAll(table));

    /// <summary>The same of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <returns>[actions][rows].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's; the message names row and column.</exception>
    public ValuePrediction[][] PredictAll(EncodedBatch rows) => LastOfAll(_network.OutputsOfAll(rows));

    /// <summary>The distribution of the amount over the last horizon of rows that are encoded already.</summary>
    /// <param name="rows">Of <see cref="Encoder"/>.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">The rows are not this encoder's (the message names row and column), or the action is outside its
    /// range.</exception>
    public ValuePrediction[] Predict(EncodedBatch rows, int action)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Last(Decode(_network.Outputs(rows, FittedNetwork.Constant(action, rows.Rows))), 0, 1);
    }

    /// <summary>The same model, scoring in another way. Both share their weights.</summary>
    /// <param name="scoring">A model that was trained or loaded scores by the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public ValueModel ServedWith(ScoringOptions scoring) =>
        new(_network.ServedWith(scoring), _calibration, _maxMu, Positives, Options, Training);

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
        [.. Decode(table, actions).Chunk(_mixture.Horizons)];

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
        ? _network.Explain(table, action, top, options, _mixture.Outputs, outputs => Math.Log(_mixture.Read(outputs, _maxMu)[^1].Mean))
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
    public void Save(Stream stream) => ArtifactContainer.Write(
        stream, Kind, new Header(_network.Encoder.ToJson(), Options, Training, Positives, _calibration, _maxMu), _network.Tensors());

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a value model's file, is of another version, or is damaged.</exception>
    public static ValueModel Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = FittedNetwork.Restore(header.Encoder, tensors, MixtureOf(header.Options).Outputs, header.Options);
        return new ValueModel(network, header.Calibration, header.MaxMu, header.Positives, header.Options, header.Training);
    }

    private static LognormalMixture MixtureOf(ValueOptions options) => new(
        options.Head == ValueHead.LognormalMixture ? options.Components : 1, options.HorizonPeriods.Count);

    private static void RequireAmounts(float[][] amounts, int horizons)
    {
        if (amounts.Length != horizons)
        {
            throw new ArgumentException($"There are amounts for {amounts.Length} horizons; the options have {horizons}.", nameof(amounts));
        }
        for (int h = 0; h < horizons; h++)
        {
            ArgumentNullException.ThrowIfNull(amounts[h], nameof(amounts));
            int bad = Array.FindIndex(amounts[h], amount => !(amount >= 0f && float.IsFinite(amount)));
            if (bad >= 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(amounts), amounts[h][bad], $"The amount of row {bad} must be finite and at least 0.");
            }
            if (amounts[h].Length != amounts[0].Length)
            {
                throw new ArgumentException(
                    $"Horizon {h} has {amounts[h].Length} amounts; the first has {amounts[0].Length}.", nameof(amounts));
            }
            int falling = h == 0 ? -1 : Array.FindIndex([.. amounts[h].Zip(amounts[h - 1], (now, before) => now < before)], falls => falls);
            if (falling >= 0)
            {
                throw new ArgumentException($"The amount of row {falling} falls from horizon {h - 1} to {h}.", nameof(amounts));
            }
        }
    }

    /// <summary>[rows × horizons], row-major.</summary>
    private ValuePrediction[] Decode(FeatureTable table, ReadOnlySpan<int> actions) => Decode(_network.Outputs(table, actions));

    private ValuePrediction[] Decode(float[] outputs)
    {
        int rows = outputs.Length / _mixture.Outputs;
        var predictions = new ValuePrediction[rows * _mixture.Horizons];
        for (int row = 0; Positives > 0 && row < rows; row++)
        {
            var raw = _mixture.Read(outputs.AsSpan(row * _mixture.Outputs, _mixture.Outputs), _maxMu);
            _calibration.Decode(raw, predictions.AsSpan(row * _mixture.Horizons, _mixture.Horizons));
        }
        return predictions;
    }

    private ValuePrediction[][] LastOfAll(float[] outputs)
    {
        var predictions = Decode(outputs);
        return [.. Enumerable.Range(0, Options.Actions.Count).Select(action => Last(predictions, action, Options.Actions.Count))];
    }

    /// <summary>Of [rows × actions × horizons] one action's last horizon, [rows].</summary>
    private ValuePrediction[] Last(ValuePrediction[] predictions, int action, int actions)
    {
        int horizons = _mixture.Horizons;
        var last = new ValuePrediction[predictions.Length / (actions * horizons)];
        for (int row = 0; row < last.Length; row++)
        {
            last[row] = predictions[(((row * actions) + action + 1) * horizons) - 1];
        }
        return last;
    }

    private sealed record Header(
        string Encoder, ValueOptions Options, TrainingReport Training, int Positives, [property: JsonRequired] ValueCalibration Calibration,
        double MaxMu);
}
