using System.Text.Json.Serialization;
using Noah.Prediction.Artifacts;
using Noah.Prediction.Features;
using Noah.Prediction.Training;
using TorchSharp;

namespace Noah.Prediction.Delay;

/// <summary>
/// Probability of an eventual conversion learnt from rows of which many are too young to tell: a network of the hazard of converting in each
/// part of the window. Times are in the unit of the options' window. Immutable and safe to share between threads.
/// </summary>
public sealed class DelayedConversionModel
{
    private const string Kind = "delayed conversion";

    private readonly FittedNetwork _network;
    private readonly DelayBuckets _buckets;
    private readonly double[] _levels;

    private DelayedConversionModel(
        FittedNetwork network, DelayBuckets buckets, double[] levels, int conversions, DelayOptions options, TrainingReport training)
    {
        _network = network;
        _buckets = buckets;
        _levels = levels;
        Conversions = conversions;
        Options = options;
        Training = training;
    }

    /// <summary>The options it was trained with.</summary>
    public DelayOptions Options { get; }

    /// <summary>How training went.</summary>
    public TrainingReport Training { get; }

    /// <summary>Training rows that had converted. With none, every prediction is 0.</summary>
    public int Conversions { get; }

    /// <summary>
    /// Ends of the window's parts, rising, the last the window itself; what lies beyond the oldest training row was not seen and rests on the
    /// mean hazard of the part that holds it.
    /// </summary>
    public IReadOnlyList<double> BucketEnds => _buckets.Edges[1..];

    /// <summary>Trains a model.</summary>
    /// <param name="features">At least 50 rows, as known when each started.</param>
    /// <param name="actions">[rows] action taken, an index into the options' actions.</param>
    /// <param name="ages">[rows] time from the row's start (send, click) to now; finite, ≥ 0.</param>
    /// <param name="delays">[rows] time from the start to the conversion, in [0, age]; NaN where none has been seen.</param>
    /// <param name="options">Null for the defaults, which know no action but "none".</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="checkpoints">Where the state is left after each epoch, and found again. Null for nowhere.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, there are too few rows, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DelayedConversionModel Train(
        FeatureTable features, int[] actions, double[] ages, double[] delays, DelayOptions? options = null,
        IProgress<TrainingProgress>? progress = null, TrainingCheckpoints? checkpoints = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        RequireTimes(ages, delays);
        options ??= new DelayOptions();
        options.Validate();
        var buckets = DelayBuckets.Of(delays.Where(delay => delay <= options.Window), options.Window, options.Buckets);
        float[][] labels = buckets.Labels(ages, delays);
        var random = new Random((int)(options.Seed ^ (options.Seed >> 32)));
        var set = TrainingSet.Create(features, actions, labels, options, random);
        int count = buckets.Count, conversions = delays.Count(delay => delay <= options.Window);
        if (conversions == 0)
        {
            var (constant, noVariation, _) = NetworkFit.Run(set, count, _ => [], null, options, random, progress, checkpoints, cancellation);
            return new DelayedConversionModel(constant, buckets, new double[count], 0, options, noVariation);
        }
        using Scalar scale = 1 / ConstantLoss(labels, count);
        var (network, report, unseen) = NetworkFit.Run(
            set, count, rows => StartOf(set, rows, count), (outputs, batch) => DelayHazard.Loss(outputs, batch).mul(scale), options, random,
            progress, checkpoints, cancellation);
        return new DelayedConversionModel(network, buckets, LevelsOf(unseen, labels, count), conversions, options, report);
    }

    /// <summary>Probability of a conversion within the window if every row got the same action.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="action">An index into the options' actions; 0 = none.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or the action is outside its range.</exception>
    public float[] Predict(FeatureTable table, int action) => Predict(table, FittedNetwork.Constant(action, table));

    /// <summary>Probability of a conversion within the window under an action of each row's own.</summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <returns>[rows], in [0, 1].</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or an action is outside its range.</exception>
    public float[] Predict(FeatureTable table, ReadOnlySpan<int> actions)
    {
        float[] outputs = _network.Outputs(table, actions);
        var probabilities = new float[actions.Length];
        for (int row = 0; row < probabilities.Length; row++)
        {
            probabilities[row] = (float)Beyond(outputs, row, 0);
        }
        return probabilities;
    }

    /// <summary>
    /// Expected eventual conversions of rows under way: 1 where one has been seen, else P(conversion within the window given none by the
    /// age), so that a campaign's final count can be told, and a reward given, before the window has passed.
    /// </summary>
    /// <param name="table">Rows with the features of training.</param>
    /// <param name="actions">[rows] indexes into the options' actions.</param>
    /// <param name="ages">[rows] as in training.</param>
    /// <param name="delays">[rows] as in training.</param>
    /// <returns>[rows], in [0, 1]; 0 where the window has passed without a conversion.</returns>
    /// <exception cref="ArgumentException">A feature is missing, lengths differ, or a value is outside its range.</exception>
    public float[] ExpectedConversions(FeatureTable table, ReadOnlySpan<int> actions, double[] ages, double[] delays)
    {
        RequireTimes(ages, delays);
        if (ages.Length != actions.Length)
        {
            throw new ArgumentException($"There are {ages.Length} ages for {actions.Length} rows.", nameof(ages));
        }
        float[] outputs = _network.Outputs(table, actions);
        var expected = new float[ages.Length];
        for (int row = 0; row < expected.Length; row++)
        {
            expected[row] = delays[row] <= Options.Window ? 1f : (float)Beyond(outputs, row, ages[row]);
        }
        return expected;
    }

    /// <summary>Writes the model; <see cref="Load"/> reads it back to the same bits.</summary>
    /// <param name="stream">Writable; stays open.</param>
    public void Save(Stream stream) => ArtifactContainer.Write(
        stream, Kind, new Header(_network.Encoder.ToJson(), Options, Training, Conversions, _buckets, _levels), NetworkTensors.Of(_network));

    /// <summary>Reads a model.</summary>
    /// <param name="stream">Readable, read to its end; stays open.</param>
    /// <exception cref="InvalidDataException">It is not such a model's file, is of another version, or is damaged.</exception>
    public static DelayedConversionModel Load(Stream stream)
    {
        var (header, tensors) = ArtifactContainer.Read<Header>(stream, Kind);
        var network = NetworkTensors.Read(header.Encoder, tensors, header.Buckets.Count, header.Options);
        return new DelayedConversionModel(network, header.Buckets, header.Levels, header.Conversions, header.Options, header.Training);
    }

    internal static void RequireTimes(double[] ages, double[] delays)
    {
        ArgumentNullException.ThrowIfNull(ages);
        ArgumentNullException.ThrowIfNull(delays);
        if (ages.Length != delays.Length)
        {
            throw new ArgumentException($"There are {delays.Length} delays for {ages.Length} ages.", nameof(delays));
        }
        for (int row = 0; row < ages.Length; row++)
        {
            if (!(ages[row] >= 0 && double.IsFinite(ages[row])))
            {
                throw new ArgumentOutOfRangeException(nameof(ages), ages[row], $"The age of row {row} must be finite and at least 0.");
            }
            if (!double.IsNaN(delays[row]) && !(delays[row] >= 0 && delays[row] <= ages[row]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(delays), delays[row], $"The delay of row {row} must be in [0, age], or NaN for none seen.");
            }
        }
    }

    /// <summary>P(conversion between the time and the end of the window, given none before).</summary>
    private double Beyond(float[] outputs, int row, double time)
    {
        double hazard = 0;
        for (int b = 0; Conversions > 0 && b < _buckets.Count; b++)
        {
            hazard += (1 - _buckets.Passed(b, time)) * _levels[b] * DelayHazard.Read(outputs[row * _buckets.Count + b]);
        }
        return 1 - Math.Exp(-hazard);
    }

    /// <summary>
    /// Each action's own hazards, drawn to the common ones with the weight of 1 conversion: [actions × buckets].
    /// </summary>
    private static float[] StartOf(TrainingSet set, int[] rows, int buckets)
    {
        var start = new List<float>();
        foreach (int[] ofAction in set.ByAction(rows))
        {
            for (int b = 0; b < buckets; b++)
            {
                double common = (Total(set.Labels[buckets + b], rows) + 0.5) / (Total(set.Labels[b], rows) + 1);
                start.Add((float)Math.Log(
                    (Total(set.Labels[buckets + b], ofAction) + 1) / (Total(set.Labels[b], ofAction) + 1 / common)));
            }
        }
        return [.. start];
    }

    /// <summary>Factors that make the conversions expected from networks that have not seen the row those that were seen.</summary>
    private static double[] LevelsOf(float[] unseen, float[][] labels, int buckets)
    {
        var levels = new double[buckets];
        for (int b = 0; b < buckets; b++)
        {
            double expected = 0, seen = 0;
            for (int row = 0; row < labels[b].Length; row++)
            {
                expected += labels[b][row] * DelayHazard.Read(unseen[row * buckets + b]);
                seen += labels[buckets + b][row];
            }
            levels[b] = expected > 0 && seen > 0 ? seen / expected : 1;
        }
        return levels;
    }

    /// <summary>The size of the loss of one hazard a bucket for all: it makes the training curve start near 1 or −1.</summary>
    private static double ConstantLoss(float[][] labels, int buckets)
    {
        double loss = 0;
        for (int b = 0; b < buckets; b++)
        {
            double conversions = labels[buckets + b].Sum(), exposure = labels[b].Sum() + 1;
            loss += conversions == 0 ? 0 : conversions - conversions * Math.Log(conversions / exposure);
        }
        return Math.Max(1e-3, Math.Abs(loss) / labels[0].Length);
    }

    private static double Total(float[] label, int[] rows) => rows.Sum(row => (double)label[row]);

    private sealed record Header(
        string Encoder, DelayOptions Options, TrainingReport Training, int Conversions, [property: JsonRequired] DelayBuckets Buckets,
        [property: JsonRequired] double[] Levels);
}
