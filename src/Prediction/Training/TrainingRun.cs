using Noah.Prediction.Features;
using Noah.Prediction.Networks;
using static TorchSharp.torch;

namespace Noah.Prediction.Training;

/// <summary>Trains the networks of all folds one after another, and leaves their states where they can be taken up again.</summary>
internal sealed class TrainingRun
{
    private readonly ActionNetwork _network;
    private readonly IEncodedSource _encoded;
    private readonly TrainingSet _set;
    private readonly TrainingOptions _options;
    private readonly string _identity;
    private readonly TrainingCheckpoints? _checkpoints;
    private readonly IReadOnlyList<FoldState> _found;
    private readonly List<FoldState> _ended = [];

    public TrainingRun(
        ActionNetwork network, IEncodedSource encoded, TrainingSet set, TrainingOptions options, string identity,
        TrainingCheckpoints? checkpoints)
    {
        (_network, _encoded, _set, _options, _identity, _checkpoints) = (network, encoded, set, options, identity, checkpoints);
        using var stream = checkpoints?.OpenToRead();
        _found = stream is null ? [] : CheckpointFile.Read(stream, identity);
    }

    /// <param name="fold">Folds come in order, from 0.</param>
    /// <param name="order">Rows to train on; shuffled in place.</param>
    /// <param name="start">(parameters).</param>
    /// <param name="loss">What is lowered.</param>
    /// <param name="random">Drawn from as by a training that was never interrupted.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public TrainedFold Train(
        int fold, int[] order, float[] start, BatchLoss loss, Random random, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var state = fold < _found.Count ? _found[fold] : null;
        if (state?.Stopped is null)
        {
            var device = TrainingState.Start(_network, _options);
            using var scope = NewDisposeScope();
            IBatchSource data = _encoded is EncodedBatch whole
                ? new DeviceData(_network.Shape, whole, _set, device, TrainingState.StepsRows(_network, _options))
                : new StreamedData(_network.Shape, _encoded, _set, device);
            using var trainer = new NetworkTrainer(_network, _encoded, data, _set, fold, order, loss, _options);
            Replay(state, order, random);
            state ??= trainer.Start(start);
            while (state.Stopped is null)
            {
                int known = state.Curve.Count;
                state = trainer.Epoch(state, random, cancellation);
                if (state.Curve.Count > known)
                {
                    progress?.Report(state.Curve[^1]);
                }
                Leave(state);
            }
        }
        else
        {
            Replay(state, order, random);
        }
        _ended.Add(state);
        return state.Stopped == StopReason.Diverged
            ? throw new InvalidOperationException("The training loss is not a number.")
            : TrainedFold.Of(state, fold, order.Length, _set.Folds[fold].Length);
    }

    private static void Replay(FoldState? state, int[] order, Random random)
    {
        for (int epoch = 0; epoch < (state?.Epoch ?? 0); epoch++)
        {
            random.Shuffle(order);
        }
    }

    private void Leave(FoldState state)
    {
        if (_checkpoints is null)
        {
            return;
        }
        using var whole = new MemoryStream();
        CheckpointFile.Write(whole, _identity, [.. _ended, state]);
        using var stream = _checkpoints.OpenToWrite();
        stream.Write(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }
}
