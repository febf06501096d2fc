using Noah.Prediction.Training;

namespace Noah.Prediction.Diagnostics;

/// <summary>Decides when the curvature of a training is measured, and what its rate is told.</summary>
internal sealed class StabilityMonitor
{
    // Probes may take this share of the work of the steps; a loss that rose is always looked into.
    private const double WorkShare = 0.02;
    private const double Rise = 1.05, Ruin = 1.1, Factor = 2;
    private const int LeastRows = 32;

    private readonly StabilityOptions _options;
    private readonly int _fold, _trainingRows, _batch;
    private readonly double _workInRows;

    public StabilityMonitor(StabilityOptions options, OptimizerKind optimizer, int fold, int[] order, int batchSize)
    {
        _options = options;
        _fold = fold;
        _trainingRows = order.Length;
        _batch = Math.Min(batchSize, order.Length);
        int rows = Math.Min(options.ProbeRows, order.Length);
        if (optimizer == OptimizerKind.Adam)
        {
            // A preconditioner breaks the product form of gradients: the Gram matrix costs rows² · parameters, a step 6 · rows · parameters.
            rows = Math.Min(rows, Math.Max(LeastRows, (int)Math.Sqrt(3 * WorkShare * order.Length)));
            _workInRows = rows * (double)rows / 3 + 3 * rows;
        }
        else
        {
            _workInRows = 24.0 * rows;
        }
        Rows = [.. order.Take(rows)];
    }

    /// <summary>The sample.</summary>
    public int[] Rows { get; }

    /// <summary>Whether to measure after an epoch.</summary>
    /// <param name="rowsSince">Rows trained on since the last reading.</param>
    /// <param name="loss">The epoch's mean.</param>
    /// <param name="lowest">The least loss before it.</param>
    public bool IsDue(long rowsSince, double loss, double lowest) => !(loss <= Rise * lowest) || rowsSince * WorkShare >= _workInRows;

    /// <param name="epoch">0 before the first step.</param>
    /// <param name="rate">The epoch's.</param>
    /// <param name="loss">The epoch's mean.</param>
    /// <param name="before">With the losses before it.</param>
    /// <param name="optimizer">That made the steps.</param>
    /// <param name="measure">
    /// Curvature of the sample as the optimiser meets it: of all, and of what is stepped without momentum beside it, if anything is. Null where it
    /// cannot be had.
    /// </param>
    public StabilityReading Read(
        int epoch, double rate, double loss, FoldState before, FlatOptimizer optimizer, Func<(Curvature All, Curvature? Alone)?> measure)
    {
        var bounds = double.IsFinite(loss) ? Bounds(optimizer, measure) : null;
        double? divergent = bounds?.DivergentRate / optimizer.Gain;
        var state = bounds?.StateOf(rate * optimizer.Gain) ?? StabilityState.Unstable;
        bool isLost = bounds is null && !double.IsFinite(loss);
        bool isSigned = epoch == 0 || !(loss <= Rise * before.LowestLoss) || (rate > Factor * divergent && optimizer is FlatSgd);
        // Adam leaps to where outputs saturate and curvature is gone: then only the loss tells.
        bool isRuined = loss > Ruin * before.StartLoss;
        bool isAlarm = isLost || isRuined || (bounds is not null && state == StabilityState.Unstable && isSigned);
        double next = rate;
        if (isAlarm && _options.React)
        {
            do
            {
                next /= 2;
            }
            while (next > divergent);
        }
        return new StabilityReading
        {
            Fold = _fold + 1,
            Epoch = epoch,
            LearningRate = rate,
            Sharpness = bounds?.Sharpness,
            Coherence = bounds?.Coherence,
            SafeRate = bounds?.SafeRate / optimizer.Gain,
            DivergentRate = divergent,
            State = state,
            IsAlarm = isAlarm,
            NextLearningRate = next,
        };
    }

    private StabilityBounds? Bounds(FlatOptimizer optimizer, Func<(Curvature All, Curvature? Alone)?> measure)
    {
        if (measure() is not var (all, alone))
        {
            return null;
        }
        var bounds = Of(all, optimizer.Momentum);
        // Momentum only raises what a rate may be, so that each bound holds: of all with it, and of the part that has none.
        return alone is { } part && Of(part, 0) is var own
            ? bounds with { SafeRate = Math.Min(bounds.SafeRate, own.SafeRate), DivergentRate = Math.Min(bounds.DivergentRate, own.DivergentRate) }
            : bounds;
    }

    private StabilityBounds Of(Curvature curvature, double momentum)
    {
        // Straight between the ends, which it keeps: 1 for examples that share nothing, the number of rows for equal ones.
        double coherence = 1 + (curvature.Coherence - 1) * (_trainingRows - 1) / (Rows.Length - 1);
        return StabilityBounds.Of(curvature.Sharpness, Math.Clamp(coherence, 1, _trainingRows), _trainingRows, _batch, momentum);
    }
}
