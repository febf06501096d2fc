using Noah.Prediction.Diagnostics;
using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training.Incremental;

/// <summary>
/// Moves trained networks on to new rows under the penalty of <see cref="RefreshOptions"/>. The two quadratic forms are one, around
/// (α H₀ w₀ + (1 − α) H₁ w₁) / (α H₀ + (1 − α) H₁). Weights that no new row uses stay as they are.
/// </summary>
internal sealed class NetworkRefresher
{
    // The rate of plain descent says nothing of Adam's: this is its default.
    private const double RateOfAdam = 0.005;

    private readonly CompactTables _tables;
    private readonly TrainingSet _set;
    private readonly BatchLoss _loss;
    private readonly TrainingOptions _options;
    private readonly RefreshOptions _refresh;

    /// <param name="network">The network.</param>
    /// <param name="encoded">The new rows.</param>
    /// <param name="set">The same, with folds.</param>
    /// <param name="loss">What is lowered, in the unit of the first training.</param>
    /// <param name="options">Of the model.</param>
    /// <param name="refresh">Checked.</param>
    public NetworkRefresher(
        ActionNetwork network, EncodedBatch encoded, TrainingSet set, BatchLoss loss, TrainingOptions options, RefreshOptions refresh)
    {
        (_tables, _set, _loss, _refresh) = (new CompactTables(network, encoded), set, loss, refresh);
        _options = options with
        {
            LearningRate = refresh.LearningRate ?? (options.Optimizer == OptimizerKind.Adam ? options.LearningRate : RateOfAdam),
            BatchSize = refresh.BatchSize ?? options.BatchSize,
            Optimizer = OptimizerKind.Adam,
            // The penalty draws to where the past was; decay would draw to 0.
            WeightDecay = 0,
            EffectDecay = 0,
        };
    }

    /// <summary>What a trained network remembers of the rows it was trained on.</summary>
    public static WeightMemory Remember(
        ActionNetwork network, EncodedBatch encoded, TrainingSet set, int fold, BatchLoss loss, TrainingOptions options, float[] weights,
        Random random, CancellationToken cancellation)
    {
        var rows = new NetworkRefresher(network, encoded, set, loss, options, new RefreshOptions());
        using var scope = NewDisposeScope();
        var device = TorchRuntime.Start(options);
        float[] compact = rows._tables.Gather(weights);
        using var flat = TorchRuntime.TensorOf(compact, [compact.Length], device).requires_grad_(true);
        var data = new DeviceData(rows._tables.Network.Shape, rows._tables.Encoded, set, device, isRowWise: false);
        float[] curvature = rows._tables.Scatter(
            rows.Curvature(flat, data, rows.OtherFolds(fold), random, cancellation), new float[weights.Length]);
        return new WeightMemory(weights, curvature, curvature);
    }

    /// <summary>Moves one network on.</summary>
    /// <param name="fold">From 0; its rows judge.</param>
    /// <param name="weights">w₁, (parameters).</param>
    /// <param name="memory">Null where none was kept: then w₀ is w₁, and both curvatures are those of the new rows at w₁.</param>
    /// <param name="random">Seeded.</param>
    /// <param name="progress">Told after each pass.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <exception cref="InvalidOperationException">The loss is not a number.</exception>
    public RefreshedFold Refresh(
        int fold, float[] weights, WeightMemory? memory, Random random, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var device = TorchRuntime.Start(_options);
        using var scope = NewDisposeScope();
        var data = new DeviceData(_tables.Network.Shape, _tables.Encoded, _set, device, isRowWise: false);
        int[] order = OtherFolds(fold);
        float[] last = _tables.Gather(weights);
        using var flat = TorchRuntime.TensorOf(last, [last.Length], device).requires_grad_(true);
        using var optimizer = FlatOptimizer.Create(flat, _tables.Network.Blocks, _options);
        double before = Validate(flat, data, fold);
        if (memory is null)
        {
            float[] curvature = _tables.Scatter(Curvature(flat, data, order, random, cancellation), new float[weights.Length]);
            memory = new WeightMemory(weights, curvature, curvature);
        }
        var (center, stiffness) = Anchor(_tables.Gather(memory.Base), _tables.Gather(memory.BaseCurvature), last, _tables.Gather(memory.Curvature), flat);
        long step = 0;
        double after = before;
        for (int epoch = 1; epoch <= _refresh.Epochs; epoch++)
        {
            random.Shuffle(order);
            double sum = 0;
            int batches = 0;
            foreach (int[] rows in order.Chunk(_options.BatchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var value = Loss(flat, data.Pick(rows));
                var gradient = autograd.grad([value], [flat])[0];
                using (no_grad())
                {
                    gradient.addcmul_(flat.sub(center), stiffness, Scalars.One);
                }
                optimizer.Step(gradient, _options.LearningRate);
                sum += TorchRuntime.ToArray(value)[0];
                batches++;
                TorchRuntime.AfterStep(++step);
            }
            after = Validate(flat, data, fold);
            if (!double.IsFinite(sum + after))
            {
                throw new InvalidOperationException("The loss of a refresh is not a number; a lower rate is needed.");
            }
            progress?.Report(new TrainingProgress(
                fold + 1, _set.Folds.Length, epoch, _refresh.Epochs, sum / batches, after, _options.LearningRate));
        }
        float[] moved = TorchRuntime.ToArray(flat.detach());
        var next = memory with { Curvature = _tables.Scatter(Curvature(flat, data, order, random, cancellation), memory.Curvature) };
        return new RefreshedFold(_tables.Scatter(moved, weights), next, UnseenOutputs(flat, data, fold), before, after);
    }

    private int[] OtherFolds(int fold) => [.. _set.Folds.Where((_, f) => f != fold).SelectMany(part => part)];

    /// <summary>Moves the weights to the start, and makes one quadratic form of two: its centre, and λ times its weights.</summary>
    private (Tensor Center, Tensor Stiffness) Anchor(float[] first, float[] ofFirst, float[] last, float[] ofLast, Tensor flat)
    {
        float share = (float)_refresh.BaseShare, penalty = (float)_refresh.Penalty;
        var penalties = new float[last.Length];
        foreach (var block in _tables.Network.Blocks)
        {
            penalties.AsSpan(block.Offset, block.Length).Fill(block.Role == ParameterRole.Embedding ? penalty * (float)_refresh.TableShare : penalty);
        }
        float[] start = new float[last.Length], center = new float[last.Length], stiffness = new float[last.Length];
        for (int j = 0; j < last.Length; j++)
        {
            float pull = share * ofFirst[j], hold = (1 - share) * ofLast[j];
            start[j] = last[j] + share * (first[j] - last[j]);
            center[j] = pull + hold > 0 ? last[j] + pull / (pull + hold) * (first[j] - last[j]) : start[j];
            stiffness[j] = penalties[j] * (pull + hold);
        }
        using var withoutGraph = no_grad();
        flat.copy_(Of(start));
        return (Of(center), Of(stiffness));

        Tensor Of(float[] values) => TorchRuntime.TensorOf(values, [values.Length], flat.device);
    }

    private float[] Curvature(Tensor flat, DeviceData data, int[] rows, Random random, CancellationToken cancellation) => CurvatureDiagonal.Of(
        flat, rows,
        chunk =>
        {
            var batch = data.Pick(chunk);
            return (Outputs(flat, batch), outputs => _loss(outputs, batch.Labels));
        },
        random, cancellation);

    private double Validate(Tensor flat, DeviceData data, int fold)
    {
        using var withoutGraph = no_grad();
        double sum = 0;
        foreach (int[] rows in _set.Folds[fold].Chunk(_options.BatchSize))
        {
            using var scope = NewDisposeScope();
            sum += rows.Length * (double)TorchRuntime.ToArray(Loss(flat, data.Pick(rows)))[0];
        }
        return sum / _set.Folds[fold].Length;
    }

    private float[] UnseenOutputs(Tensor flat, DeviceData data, int fold)
    {
        using var withoutGraph = no_grad();
        var outputs = new List<float>();
        foreach (int[] rows in _set.Folds[fold].Chunk(_options.BatchSize))
        {
            using var scope = NewDisposeScope();
            outputs.AddRange(TorchRuntime.ToArray(Outputs(flat, data.Pick(rows))));
        }
        return [.. outputs];
    }

    private Tensor Loss(Tensor flat, Batch batch) => _loss(Outputs(flat, batch), batch.Labels);

    private Tensor Outputs(Tensor flat, Batch batch)
    {
        var network = _tables.Network;
        var parameters = network.Parameters(flat);
        var outputs = network.Heads(parameters, network.Represent(parameters, batch.Numeric, batch.Codes), batch.ActionMask);
        return network.Calibrate(parameters, outputs, batch.Codes);
    }
}
