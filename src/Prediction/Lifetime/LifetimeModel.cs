using Noah.Prediction.Training;
using Noah.Prediction.Transactions;
using Noah.Prediction.Value;

namespace Noah.Prediction.Lifetime;

/// <summary>
/// Lifetime value of customers, by whichever of two ways does better on customers that neither has seen: BG/NBD with gamma-gamma, or the value
/// network. Immutable and safe to share between threads.
/// </summary>
public sealed class LifetimeModel
{
    /// <summary>Customers that training needs, and customers that judging needs.</summary>
    public const int MinCustomers = 100;

    private readonly LifetimeOptions _options;
    private readonly TransactionValue? _transactions;

    /// <summary>Puts together what was stored.</summary>
    /// <param name="options">As in training.</param>
    /// <param name="method">The way that was chosen.</param>
    /// <param name="purchases">BG/NBD in weeks; null where it could not be estimated.</param>
    /// <param name="spend">Gamma-gamma; null where it could not be estimated.</param>
    /// <param name="network">The network; null where it could not be trained.</param>
    /// <exception cref="ArgumentException">What the way needs is missing, or an option is outside its range.</exception>
    public LifetimeModel(
        LifetimeOptions options, LifetimeMethod method, BgNbdModel? purchases, GammaGammaModel? spend, ValueModel? network)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        // Where q is not above 1 the mean over customers is infinite, and no value can be told.
        _transactions = purchases is not null && spend is { Q: > 1 } ? new TransactionValue(purchases, spend) : null;
        (Method, Purchases, Spend, Network) = (method, purchases, spend, network);
        if (method == LifetimeMethod.Network ? network is null : _transactions is null)
        {
            throw new ArgumentException($"The model has nothing to predict by {method} with.", nameof(method));
        }
    }

    /// <summary>The way that was chosen.</summary>
    public LifetimeMethod Method { get; }

    /// <summary>BG/NBD in weeks; null where it could not be estimated.</summary>
    public BgNbdModel? Purchases { get; }

    /// <summary>Gamma-gamma of the contribution of a purchase; null where it could not be estimated.</summary>
    public GammaGammaModel? Spend { get; }

    /// <summary>The network; null where it could not be trained.</summary>
    public ValueModel? Network { get; }

    /// <summary>
    /// Trains both ways on some customers and chooses by others: the one that ranks them better, if the judged customers can tell the two
    /// apart by it, else the one whose deciles come closer.
    /// </summary>
    /// <param name="training">At least <see cref="MinCustomers"/> customers.</param>
    /// <param name="amounts">[known horizons][rows] discounted contribution, finite, ≥ 0 and not falling with the horizon.</param>
    /// <param name="judged">Other customers, at least <see cref="MinCustomers"/>.</param>
    /// <param name="judgedAmounts">Theirs.</param>
    /// <param name="options">Horizons, discount, network.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value or option is outside its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LifetimeFit Train(
        LifetimeTable training, float[][] amounts, LifetimeTable judged, float[][] judgedAmounts, LifetimeOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireAmounts(training, amounts, options, nameof(training));
        RequireAmounts(judged, judgedAmounts, options, nameof(judged));
        if (Math.Min(training.Rows, judged.Rows) < MinCustomers)
        {
            return new LifetimeFit { Status = LifetimeStatus.TooFewCustomers };
        }
        if (!amounts[^1].Any(amount => amount > 0f))
        {
            return new LifetimeFit { Status = LifetimeStatus.NoValue };
        }
        var purchases = BgNbdModel.Fit(training.Customers);
        var spend = GammaGammaModel.Fit(training.Customers);
        TransactionValue? transactions = purchases.Model is { } often && spend.Model is { Q: > 1 } much ? new TransactionValue(often, much) : null;
        var network = ValueModel.Train(
            PurchaseFeatures.Of(training, transactions, options), new int[training.Rows], amounts,
            options.Network with { HorizonPeriods = options.HorizonDays }, progress, cancellation: cancellation);
        return LifetimeJudge.Choose(
            purchases, spend, transactions is null ? null : new LifetimeModel(options, LifetimeMethod.Transactions, purchases.Model, spend.Model, network),
            new LifetimeModel(options, LifetimeMethod.Network, purchases.Model, spend.Model, network), judged, judgedAmounts[^1], options);
    }

    /// <summary>What every customer will bring from its moment on.</summary>
    /// <param name="table">Customers with the features of training.</param>
    /// <returns>[rows].</returns>
    /// <exception cref="ArgumentException">A feature is missing, or lengths differ.</exception>
    public LifetimePrediction[] Predict(LifetimeTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.Validate(nameof(table));
        ValuePrediction[][]? learnt = Method == LifetimeMethod.Network
            ? Network!.PredictHorizons(PurchaseFeatures.Of(table, _transactions, _options), 0)
            : null;
        var predictions = new LifetimePrediction[table.Rows];
        for (int row = 0; row < predictions.Length; row++)
        {
            var customer = table.Customers[row];
            double? alive = Purchases?.ProbabilityAlive(customer);
            predictions[row] = new LifetimePrediction(
                alive, learnt is null ? [.. _transactions!.Predict(customer, _options)] : Stretch(learnt[row], customer));
        }
        return predictions;
    }

    /// <summary>Mean and probability of any over the longest known horizon, without the cost of quantiles.</summary>
    internal (float[] Means, float[] Positives) Judge(LifetimeTable table)
    {
        int last = _options.HorizonDays.Count - 1;
        if (Method == LifetimeMethod.Transactions)
        {
            return (
                [.. table.Customers.Select(customer => (float)_transactions!.Means(customer, _options)[last])],
                [.. table.Customers.Select(customer => (float)_transactions!.Positive(customer, _options.HorizonDays[last]))]);
        }
        var learnt = Network!.Predict(PurchaseFeatures.Of(table, _transactions, _options), 0);
        return ([.. learnt.Select(prediction => (float)prediction.Mean)], [.. learnt.Select(prediction => (float)prediction.PositiveProbability)]);
    }

    private ValuePrediction?[] Stretch(ValuePrediction[] known, CustomerSummary customer)
    {
        var horizons = new ValuePrediction?[_options.AllHorizonDays.Count];
        double[]? means = _options.LaterHorizonDays.Count > 0 ? _transactions?.Means(customer, _options) : null;
        for (int h = 0; h < horizons.Length; h++)
        {
            double? ratio = h < known.Length ? 1 : means is not null && means[known.Length - 1] > 0 ? means[h] / means[known.Length - 1] : null;
            var last = known[Math.Min(h, known.Length - 1)];
            // That somebody buys at all grows less than the mean does; what is known is the least it can be.
            horizons[h] = ratio is { } times
                ? new ValuePrediction(last.PositiveProbability, last.Mean * times, last.P10 * times, last.P50 * times, last.P90 * times)
                : null;
        }
        return horizons;
    }

    private static void RequireAmounts(LifetimeTable table, float[][] amounts, LifetimeOptions options, string name)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        ArgumentNullException.ThrowIfNull(amounts);
        table.Validate(name);
        if (amounts.Length != options.HorizonDays.Count || Array.Exists(amounts, horizon => horizon.Length != table.Rows))
        {
            throw new ArgumentException($"There must be amounts of {table.Rows} customers over {options.HorizonDays.Count} horizons.", nameof(amounts));
        }
    }
}
