using Noah.Prediction.Diagnostics;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Mean loss of a batch, from outputs (batch, heads) and labels (batch, outcomes).</summary>
internal delegate Tensor BatchLoss(Tensor outputs, Tensor labels);

/// <summary>
/// Fits an <see cref="ActionNetwork"/>: rate cut on plateau and under the watch of stability, early stop with the best weights kept. All
/// chance comes from the given generator, none from libtorch's, so that trainings side by side do not disturb each other. Synchronous on
/// the calling thread, because dispose scopes are bound to a thread.
/// </summary>
internal sealed class NetworkTrainer : IDisposable
{
    private const int EpochsPerPlateau = 2;
    private const double SmallestGain = 1e-5;
    private const int MaxBackoffs = 20;

    private readonly DisposeScope _scope;
    private readonly ActionNetwork _network;
    private readonly TrainingOptions _options;
    private readonly BatchLoss _loss;
    private readonly IBatchSource _data;
    private readonly TrainingState _weights;
    private readonly long _warmupSteps;
    private readonly StabilityMonitor? _monitor;
    private readonly IEncodedSource _encoded;
    private CurvatureSample? _sample;
    private readonly int _fold, _folds;
    private readonly int[] _order, _validationRows;

    /// <param name="network">What is fitted.</param>
    /// <param name="encoded">All rows.</param>
    /// <param name="data">Batches of the same; the caller's.</param>
    /// <param name="set">The folds.</param>
    /// <param name="fold">The one that is left out, and judges.</param>
    /// <param name="order">Rows to train on; it is shuffled in place.</param>
    /// <param name="loss">What is lowered.</param>
    /// <param name="options">Checked.</param>
    public NetworkTrainer(
        ActionNetwork network, IEncodedSource encoded, IBatchSource data, TrainingSet set, int fold, int[] order, BatchLoss loss,
        TrainingOptions options)
    {
        _scope = NewDisposeScope();
        (_network, _encoded, _data, _loss, _options) = (network, encoded, data, loss, options);
        (_fold, _folds, _order, _validationRows) = (fold, set.Folds.Length, order, set.Folds[fold]);
        _monitor = options.Stability is { } watch ? new StabilityMonitor(watch, options.Optimizer, fold, order, options.BatchSize) : null;
        _weights = new TrainingState(network, encoded, options, data.Device);
        _warmupSteps = (long)(options.WarmupShare * options.MaxEpochs * ((order.Length + options.BatchSize - 1) / options.BatchSize));
    }

    /// <summary>Before the first step.</summary>
    public FoldState Start(float[] weights)
    {
        _weights.Set(weights);
        double loss = Validate();
        var state = new FoldState
        {
            Epoch = 0,
            Step = 0,
            Weights = weights,
            Optimizer = _weights.Save(),
            Best = weights,
            BestLoss = loss,
            BestEpoch = 0,
            Rate = _options.LearningRate,
            LowestLoss = loss,
            StartLoss = loss,
        };
        // The preconditioners of Adam and of rows are not known before the first step.
        if (_monitor is null || _weights.Optimizer is FlatAdam || _weights.IsRowWise)
        {
            return state;
        }
        var reading = _monitor.Read(0, state.Rate, loss, state, _weights.Optimizer, Measure);
        return state with { Rate = reading.NextLearningRate, Readings = reading.Sharpness is null && !reading.IsAlarm ? [] : [reading] };
    }

    /// <summary>One pass over the rows.</summary>
    /// <param name="before">Of <see cref="Start"/>, of the epoch before, or read from a checkpoint.</param>
    /// <param name="random">Where the order of rows is drawn.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public FoldState Epoch(FoldState before, Random random, CancellationToken cancellation)
    {
        using var precision = MatrixProducts.Use(_options);
        _weights.Set(before.Weights);
        _weights.Restore(before.Optimizer);
        random.Shuffle(_order);
        double sum = 0;
        long step = before.Step;
        int batches = 0;
        for (int first = 0; first < _order.Length && double.IsFinite(sum); first += _options.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            step++;
            double warm = step < _warmupSteps ? (double)step / _warmupSteps : 1;
            sum += Step(_order.AsSpan(first, Math.Min(_options.BatchSize, _order.Length - first)), warm * before.Rate);
            batches++;
            // Row-wise steps give memory back as they go, and what one leaves warm the next one wants.
            if (!_weights.IsRowWise)
            {
                TorchRuntime.AfterStep(step);
            }
        }
        double loss = sum / batches, validation = double.IsFinite(loss) ? Validate() : double.NaN;
        return After(before with { Epoch = before.Epoch + 1, Step = step }, loss, double.IsFinite(validation) ? loss : double.NaN, validation);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _scope.Dispose();
    }

    private FoldState After(FoldState state, double mean, double loss, double validation)
    {
        long rows = state.RowsSinceReading + _order.Length;
        var readings = state.Readings;
        StabilityReading? reading = null;
        if (_monitor is not null && _monitor.IsDue(rows, loss, state.LowestLoss))
        {
            rows = 0;
            reading = _monitor.Read(state.Epoch, state.Rate, loss, state, _weights.Optimizer, Measure);
            readings = reading.Sharpness is null && !reading.IsAlarm ? readings : [.. readings, reading];
        }
        bool isFinite = double.IsFinite(loss), goesBack = reading is { } r && r.NextLearningRate < r.LearningRate;
        var curve = isFinite
            ? [.. state.Curve, new TrainingProgress(_fold + 1, _folds, state.Epoch, _options.MaxEpochs, mean, validation, state.Rate)]
            : state.Curve;
        state = state with { Readings = readings, RowsSinceReading = rows, Curve = curve };
        if (goesBack && state.Backoffs < MaxBackoffs)
        {
            // Weights and moments stay those of the epoch before.
            state = state with { Rate = reading!.NextLearningRate, Backoffs = state.Backoffs + 1, PatienceFrom = state.Epoch };
        }
        else if (!isFinite)
        {
            return state with { Stopped = StopReason.Diverged };
        }
        else
        {
            state = state with
            {
                Weights = _weights.ToArray(),
                Optimizer = _weights.Save(),
                LowestLoss = Math.Min(state.LowestLoss, loss),
            };
            state = Judge(state, validation);
        }
        return state.Stopped is null && state.Epoch >= _options.MaxEpochs ? state with { Stopped = StopReason.EpochLimit } : state;
    }

    private FoldState Judge(FoldState state, double validation)
    {
        if (validation < state.BestLoss - SmallestGain)
        {
            return state with { BestLoss = validation, BestEpoch = state.Epoch, Best = state.Weights };
        }
        int without = state.Epoch - Math.Max(state.BestEpoch, state.PatienceFrom);
        if (without >= _options.Patience)
        {
            return state with { Stopped = StopReason.NoImprovement };
        }
        return without % EpochsPerPlateau == 0 ? state with { Rate = state.Rate * _options.PlateauFactor } : state;
    }

    private double Step(ReadOnlySpan<int> rows, double rate)
    {
        using var scope = NewDisposeScope();
        if (_weights.IsRowWise)
        {
            return _weights.RowWiseStep(rows, _data.PickTargets(rows), _loss, rate);
        }
        var batch = _data.Pick(rows);
        if (_options.MicroBatchSam is { } sam)
        {
            var (gradient, value) = MicroBatchSam.Gradient(
                _weights.Flat, rows.Length, (weights, first, count) => Loss(weights, batch.Slice(first, count)), sam);
            _weights.Optimizer.Step(gradient, rate);
            return value;
        }
        var loss = Loss(_weights.Flat, batch);
        _weights.Optimizer.Step(autograd.grad([loss], [_weights.Flat])[0], rate);
        return TorchRuntime.ToArray(loss)[0];
    }

    private double Validate()
    {
        using var withoutGraph = no_grad();
        double sum = 0;
        // Chunks stay in the processor's cache; weighting by rows gives the mean over all.
        for (int first = 0; first < _validationRows.Length; first += _options.BatchSize)
        {
            using var scope = NewDisposeScope();
            int count = Math.Min(_options.BatchSize, _validationRows.Length - first);
            sum += count * (double)TorchRuntime.ToArray(ValidationLoss(_validationRows.AsSpan(first, count)))[0];
        }
        return sum / _validationRows.Length;
    }

    private Tensor ValidationLoss(ReadOnlySpan<int> rows)
    {
        if (_weights.IsRowWise)
        {
            var targets = _data.PickTargets(rows);
            return _loss(_weights.RowWiseOutputs(rows, targets), targets.Labels);
        }
        return Loss(_weights.Flat, _data.Pick(rows));
    }

    private (Curvature All, Curvature? Tables)? Measure()
    {
        using var scope = NewDisposeScope();
        _sample ??= new CurvatureSample(_network, _encoded.Select(_monitor!.Rows));
        return _sample.Measure(
            _weights.ToArray(), _weights.InverseRootPreconditioner(), _data.PickTargets(_monitor!.Rows), _loss, _weights.IsRowWise);
    }

    private Tensor Loss(Tensor weights, Batch batch) => _loss(Outputs(weights, batch), batch.Labels);

    private Tensor Outputs(Tensor weights, Batch batch)
    {
        var parameters = _network.Parameters(weights);
        var outputs = _network.Heads(parameters, _network.Represent(parameters, batch.Numeric, batch.Codes), batch.ActionMask);
        return _network.Calibrate(parameters, outputs, batch.Codes);
    }
}
