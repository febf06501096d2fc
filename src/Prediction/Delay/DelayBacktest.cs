using Noah.Prediction.Evaluation;
using Noah.Prediction.Features;
using Noah.Prediction.Response;

namespace Noah.Prediction.Delay;

/// <summary>
/// Decides between a model that takes what has been seen so far for the truth and one corrected for delay, by doing both at a moment so long
/// past that the rows after it are complete. The correction must earn its place: naive forms of it are known to ruin the log loss.
/// </summary>
public static class DelayBacktest
{
    /// <summary>Conversions needed among the rows to learn from and among those to judge by.</summary>
    public const int MinConversions = 50;

    // One-sided 95 %: the correction must win by more than chance.
    private const double RequiredErrors = 1.645;

    /// <summary>Runs the backtest.</summary>
    /// <param name="features">The log's rows.</param>
    /// <param name="actions">[rows] action taken.</param>
    /// <param name="ages">[rows] time from the row's start to now; finite, ≥ 0.</param>
    /// <param name="delays">[rows] time from the start to the conversion, in [0, age]; NaN where none has been seen.</param>
    /// <param name="trainingSpan">Length of log that a model learns from, &gt; 0.</param>
    /// <param name="judgedSpan">Length of log to judge by, &gt; 0; it begins window + this span before now.</param>
    /// <param name="options">Of the corrected model; null for the defaults.</param>
    /// <param name="uncorrectedOptions">
    /// Of the model without correction, one outcome; null for the defaults with the corrected model's actions and seed.
    /// </param>
    /// <param name="cancellation">Looked at before each step of training.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DelayBacktestResult Run(
        FeatureTable features, int[] actions, double[] ages, double[] delays, double trainingSpan, double judgedSpan,
        DelayOptions? options = null, ResponseOptions? uncorrectedOptions = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(actions);
        DelayedConversionModel.RequireTimes(ages, delays);
        if (features.Rows != ages.Length || actions.Length != ages.Length)
        {
            throw new ArgumentException(
                $"There are {ages.Length} ages and {actions.Length} actions for {features.Rows} rows.", nameof(ages));
        }
        RequireSpan(trainingSpan, nameof(trainingSpan));
        RequireSpan(judgedSpan, nameof(judgedSpan));
        options ??= new DelayOptions();
        options.Validate();
        uncorrectedOptions ??= new ResponseOptions { Actions = options.Actions, Seed = options.Seed };
        double cut = options.Window + judgedSpan;
        int[] rows = [.. Enumerable.Range(0, ages.Length)];
        int[] learnt = [.. rows.Where(row => ages[row] >= cut && ages[row] < cut + trainingSpan)];
        int[] judged = [.. rows.Where(row => ages[row] >= options.Window && ages[row] < cut)];
        // A log that reaches only part of the way back would judge a training set that is never used.
        if (ages.Length == 0 || ages.Max() < cut + 0.9 * trainingSpan || learnt.Length < Training.TrainingSet.MinRows || judged.Length == 0)
        {
            return NotCompared(DelayBacktestStatus.LogTooShort);
        }
        double[] agesThen = [.. learnt.Select(row => ages[row] - cut)];
        double[] delaysThen = [.. learnt.Select((row, i) => delays[row] <= agesThen[i] ? delays[row] : double.NaN)];
        float[] seenThen = [.. delaysThen.Select(delay => delay <= options.Window ? 1f : 0f)];
        float[] outcomes = [.. judged.Select(row => delays[row] <= options.Window ? 1f : 0f)];
        if (seenThen.Count(y => y == 1f) < MinConversions || outcomes.Count(y => y == 1f) < MinConversions)
        {
            return NotCompared(DelayBacktestStatus.TooFewConversions);
        }
        FeatureTable learntFeatures = features.Select(learnt), judgedFeatures = features.Select(judged);
        int[] learntActions = [.. learnt.Select(row => actions[row])], judgedActions = [.. judged.Select(row => actions[row])];
        float[] uncorrected = ResponseModel
            .Train(learntFeatures, learntActions, [seenThen], uncorrectedOptions, cancellation: cancellation)
            .Predict(judgedFeatures, judgedActions);
        float[] corrected = DelayedConversionModel
            .Train(learntFeatures, learntActions, agesThen, delaysThen, options, cancellation: cancellation)
            .Predict(judgedFeatures, judgedActions);
        double[] gains = [.. outcomes.Select((y, i) => Loss(uncorrected[i], y) - Loss(corrected[i], y))];
        double gain = gains.Average();
        double error = Math.Sqrt(gains.Sum(g => (g - gain) * (g - gain)) / (gains.Length - 1.0) / gains.Length);
        return new DelayBacktestResult
        {
            Status = DelayBacktestStatus.Compared,
            Choice = gain > RequiredErrors * error ? DelayCorrection.Hazard : DelayCorrection.None,
            Uncorrected = BinaryMetrics.Compute(uncorrected, outcomes),
            Corrected = BinaryMetrics.Compute(corrected, outcomes),
            LogLossGain = gain,
            GainStandardError = error,
        };
    }

    private static DelayBacktestResult NotCompared(DelayBacktestStatus status) => new()
    {
        Status = status,
        Choice = DelayCorrection.None,
        Uncorrected = null,
        Corrected = null,
        LogLossGain = null,
        GainStandardError = null,
    };

    private static double Loss(double probability, float outcome) =>
        -Math.Log(Math.Max(1e-7, outcome == 1f ? probability : 1 - probability));

    private static void RequireSpan(double span, string name)
    {
        if (!(span > 0 && double.IsFinite(span)))
        {
            throw new ArgumentOutOfRangeException(name, span, "A span must be finite and above 0.");
        }
    }
}
