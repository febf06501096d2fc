using Noah.Prediction.Artifacts;
using Noah.Prediction.Calibration;
using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Losses;
using Noah.Prediction.Training;

namespace Noah.Prediction.Value;

/// <summary>
/// The distribution of an amount that is mostly zero and heavy-tailed where it is not (spend, lifetime value) under each action:
/// zero-inflated lognormal (Wang, Liu, Miao 2019) on the response network. Immutable and safe to share between threads.
/// </summary>
public sealed class ValueModel
{
    private const string Kind = "value";

    // Beyond it exp(mu + sigma²/2) of a stray row outweighs all others.
    private const double MuPercentile = 0.999;
    private const double SmallestStartSigma = 0.05;

    private readonly FittedNetwork _network;
    private readonly MonotoneCalibration _positive, _mean;
    private readonly double _maxMu;

    private ValueModel(
        FittedNetwork network, MonotoneCalibration positive, MonotoneCalibration mean, double maxMu, int positives, ValueOptions options,
        TrainingReport training)
    {
        _network = network;
        _positive = positive;
        _mean = mean;
        _maxMu = maxMu;
        Positives = positives;
        Options = options;
        Training = training;
    }

    /// <summary>The options it was trained with.</summary>
    public ValueOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingReport Training { get; }

    /// <summary>Training rows with an amount above 0. With none, every prediction is 0.</summary>
    public int Positives { get; }

    /// <summary>How the probability of an amount was calibrated.</summary>
    public CalibrationKind PositiveCalibration => _positive.Kind;

    /// <summary>How the mean was calibrated.</summary>
    public CalibrationKind MeanCalibration => _mean.Kind;

    /// <summary>The fitted rules by which it reads tables.</summary>
    public FeatureEncoder Encoder => _network.Encoder;

    /// <summary>Trains a model.</summary>
    /// <param name="features">At least 50 rows.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="amounts">[rows] finite and ≥ 0.</param>
    /// <param name="options">Null for the defaults, which know no action but "none".</param>
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
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(amounts);
        options ??= new ValueOptions();
        options.Validate();
        int bad = Array.FindIndex(amounts, amount => !(amount >= 0f && float.IsFinite(amount)));
        if (bad >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(amounts), amounts[bad], $"The amount of row {bad} must be finite and at least 0.");
        }
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        var set = TrainingSet.Create(features, actions, [amounts], options, random);
        double[] logs = [.. amounts.Where(amount => amount > 0f).Select(amount => Math.Log(amount)).Order()];
        if (logs.Length == 0)
        {
            var (constant, noVariation, _) = FittedNetwork.Fit(
                set, Ziln.Outputs, _ => [], null, options, random, progress, checkpoints, cancellation);
            return new ValueModel(
                constant, MonotoneCalibration.Constant(0), MonotoneCalibration.Constant(0), 0, 0, options, noVariation);
        }
        double rate = (logs.Length + 0.5) / (amounts.Length + 1), meanLog = logs.Average();
        double sigma = Math.Max(SmallestStartSigma, Math.Sqrt(logs.Average(log => (log - meanLog) * (log - meanLog))));
        double unit = ConstantLoss(rate, meanLog, sigma);
        var (network, report, unseen) = FittedNetwork.Fit(
            set, Ziln.Outputs, rows => StartOf(set, rows, rate, meanLog, sigma),
            (outputs, labels) => Ziln.Loss(outputs, labels.select(1, 0)) / unit, options, random, progress, checkpoints, cancellation);
        double maxMu = logs[(int)(MuPercentile * (logs.Length - 1))];
        var parameters = new ZilnParameters[amounts.Length];
        for (int row = 0; row < parameters.Length; row++)
        {
            parameters[row] = Ziln.Read(unseen.AsSpan(row * Ziln.Outputs, Ziln.Outputs), maxMu);
        }
        var positive = MonotoneCalibration.Fit(
            [.. parameters.Select(p => (float)p.Positive)], [.. amounts.Select(amount => amount > 0f ? 1f : 0f)], true);
        var mean = MonotoneCalibration.Fit([.. parameters.Select(p => (float)p.Mean)], amounts, false);
        return new ValueModel(network, positive, mean, maxMu, logs.Length, options, report);
    }

    /// <summary>The distribution of the amount if every row got the same action.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or the action is outside its range.</exception>
    public ValuePrediction[] Predict(FeatureTable table, int action) => Predict(table, FittedNetwork.Constant(action, table));

    /// <summary>The distribution of the amount under an action of each row's own.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an action is outside its range.</exception>
    public ValuePrediction[] Predict(FeatureTable table, ReadOnlySpan<int> actions)
    {
        float[] outputs = _network.Outputs(table, actions);
        var predictions = new ValuePrediction[actions.Length];
        for (int row = 0; row < predictions.Length; row++)
        {
            predictions[row] = Decode(outputs.AsSpan(row * Ziln.Outputs, Ziln.Outputs));
        }
        return predictions;
    }

    /// <summary>Scores predictions under the actions taken against what happened.</summary>
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
        stream, Kind, new Header(_network.Encoder.ToJson(), Options, Training, Positives, _positive, _mean, _maxMu), _network.Tensors());

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not a value model's file, is of another version, or is damaged.</exception>
    public static ValueModel Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = FittedNetwork.Restore(header.Encoder, tensors, Ziln.Outputs, header.Options);
        return new ValueModel(network, header.Positive, header.Mean, header.MaxMu, header.Positives, header.Options, header.Training);
    }

    /// <summary>
    /// The one place where outputs become a distribution: the calibrated mean shifts mu, so that mean and quantiles agree.
    /// </summary>
    private ValuePrediction Decode(ReadOnlySpan<float> outputs)
    {
        if (Positives == 0)
        {
            return default;
        }
        var raw = Ziln.Read(outputs, _maxMu);
        double positive = _positive.Apply((float)raw.Positive), mean = _mean.Apply((float)raw.Mean);
        if (positive <= 0 || mean <= 0)
        {
            return new ValuePrediction(positive, mean, 0, 0, 0);
        }
        var calibrated = new ZilnParameters(positive, Math.Log(mean / positive) - raw.Sigma * raw.Sigma / 2, raw.Sigma);
        return new ValuePrediction(positive, mean, calibrated.Quantile(0.1), calibrated.Quantile(0.5), calibrated.Quantile(0.9));
    }

    /// <summary>
    /// Each action's own rate and mean logarithm, drawn to the common ones with the weight of 1 and 20 positives (amounts given a purchase
    /// differ less between actions than purchases do): [actions × 3].
    /// </summary>
    private static float[] StartOf(TrainingSet set, int[] rows, double rate, double meanLog, double sigma)
    {
        const double meanLogWeight = 20;
        var start = new List<float>();
        foreach (int[] ofAction in set.ByAction(rows))
        {
            double[] logs = [.. ofAction.Where(row => set.Labels[0][row] > 0f).Select(row => Math.Log(set.Labels[0][row]))];
            double own = (logs.Length + 1) / (ofAction.Length + 1 / rate);
            double mu = (logs.Sum() + meanLogWeight * meanLog) / (logs.Length + meanLogWeight);
            start.AddRange([(float)Math.Log(own / (1 - own)), (float)mu, (float)Ziln.InverseSoftplus(sigma)]);
        }
        return [.. start];
    }

    /// <summary>
    /// The loss of one lognormal for all: it makes the training curve start near 1. 1 where amounts are so small that it is negative.
    /// </summary>
    private static double ConstantLoss(double rate, double meanLog, double sigma)
    {
        double loss = -rate * Math.Log(rate) - (1 - rate) * Math.Log(1 - rate)
            + rate * (meanLog + Math.Log(sigma) + 0.5 * Math.Log(2 * Math.PI) + 0.5);
        return loss > 0.01 ? loss : 1;
    }

    private sealed record Header(
        string Encoder, ValueOptions Options, TrainingReport Training, int Positives, MonotoneCalibration Positive,
        MonotoneCalibration Mean, double MaxMu);
}
