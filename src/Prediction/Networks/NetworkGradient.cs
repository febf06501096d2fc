using Noah.Prediction.Parallelism;
using Noah.Prediction.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// Outputs and gradients of an <see cref="ActionNetwork"/> for a given input, with those of its crosses written out (<see cref="CrossPass"/>):
/// autograd is left with trunk, heads, curves and loss. A batch is gone through in pieces whose activations stay near the processor, and which
/// threads share: where another process takes one of the cores, a thread that is late leaves the next piece to the others, where the threads
/// of a matrix product all wait for the last. What the pieces add up to, in their order, is the batch's gradient, whatever the threads.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="flat">(parameters behind the embedding tables).</param>
/// <param name="threads">At least 1.</param>
internal sealed class NetworkGradient(ActionNetwork network, Tensor flat, int threads)
{
    // Numbers that a piece keeps for its way back, 8 MB of them: some 1,100 rows of the training study's DCNv2. Not tuned.
    private const int KeptNumbers = 2 << 20;

    private readonly int _firstBlock = network.Tables.Count, _trunk = network.FirstBlockBehindCrosses;
    private readonly int _pieceRows = Math.Max(256, KeptNumbers / network.Shape.ActivationWidth / 64 * 64);

    /// <param name="input">(batch, input).</param>
    /// <param name="targets">Of the batch.</param>
    /// <returns>(batch, heads), without a graph.</returns>
    public Tensor Outputs(Tensor input, Targets targets)
    {
        using var withoutGraph = no_grad();
        var outputs = empty([input.size(0), network.Shape.Heads], device: input.device);
        ForPieces(input.size(0), (_, first, count) =>
        {
            using var withoutGraphHere = no_grad();
            var part = input.narrow(0, first, count);
            var parameters = Parameters(flat, _firstBlock);
            Tensor[] crosses = [.. network.CrossPasses().Select(pass => pass.Forward(parameters, part))];
            outputs.narrow(0, first, count).copy_(Outputs(parameters, part, crosses, targets.Slice(first, count)));
        });
        return outputs;
    }

    /// <param name="input">(batch, input).</param>
    /// <param name="targets">Of the batch.</param>
    /// <param name="meanLoss">Of outputs and labels.</param>
    /// <returns>The loss, its gradient by the parameters behind the tables, (parameters), and by the input, (batch, input).</returns>
    public (double Loss, Tensor OfParameters, Tensor OfInput) Gradient(Tensor input, Targets targets, BatchLoss meanLoss)
    {
        long rows = input.size(0);
        Tensor ofParameters = zeros_like(flat, requires_grad: false), ofInput = empty_like(input, requires_grad: false);
        var parts = new (double Loss, Tensor OfParameters)[Pieces(rows)];
        ForPieces(rows, (piece, first, count) => parts[piece] = Piece(
            input.narrow(0, first, count), targets.Slice(first, count), meanLoss, (double)count / rows, ofInput.narrow(0, first, count)));
        double loss = 0;
        foreach (var part in parts)
        {
            loss += part.Loss;
            ofParameters.add_(part.OfParameters, Scalars.One);
            part.OfParameters.Dispose();
        }
        return (loss, ofParameters, ofInput);
    }

    private int Pieces(long rows) => (int)((rows + _pieceRows - 1) / _pieceRows);

    private void ForPieces(long rows, Action<int, long, long> work)
    {
        int pieces = Pieces(rows);
        WorkShare.For(pieces, threads, piece =>
        {
            // Scopes and the number of libtorch's threads are a thread's own.
            using var scope = NewDisposeScope();
            if (threads > 1)
            {
                TorchRuntime.UseOneThread();
            }
            long first = rows * piece / pieces;
            work(piece, first, rows * (piece + 1) / pieces - first);
        });
    }

    /// <returns>The gradient is the caller's to dispose of.</returns>
    private (double Loss, Tensor OfParameters) Piece(Tensor input, Targets targets, BatchLoss meanLoss, double share, Tensor ofInput)
    {
        var passes = network.CrossPasses();
        Tensor[] parameters, crosses;
        Tensor tail;
        int behind = network.Blocks[_trunk].Offset - network.Blocks[_firstBlock].Offset;
        using (no_grad())
        {
            parameters = Parameters(flat, _firstBlock);
            crosses = [.. passes.Select(pass => pass.Forward(parameters, input).detach().requires_grad_(true))];
            tail = flat.narrow(0, behind, flat.numel() - behind).detach().requires_grad_(true);
        }
        using Scalar factor = share;
        var leaf = input.detach().requires_grad_(true);
        var loss = meanLoss(Outputs(Parameters(tail, _trunk), leaf, crosses, targets), targets.Labels).mul(factor);
        Tensor[] found = [.. autograd.grad([loss], [leaf, tail, .. crosses])];
        using var withoutGraph = no_grad();
        var gradients = new Tensor?[network.Blocks.Count];
        ofInput.copy_(found[0]);
        for (int p = passes.Length - 1; p >= 0; p--)
        {
            passes[p].Backward(parameters, input, found[2 + p].contiguous(), ofInput, gradients);
        }
        var ofParameters = cat([.. gradients.OfType<Tensor>().Select(gradient => gradient.view(-1)), found[1]], 0);
        return (TorchRuntime.ToArray(loss)[0], ofParameters.DetachFromDisposeScope());
    }

    private Tensor Outputs(Tensor[] parameters, Tensor input, Tensor[] crosses, Targets targets) => network.Calibrate(
        parameters, network.Heads(parameters, network.Parts(parameters, input, crosses), targets.ActionMask), targets.Codes!);

    /// <summary>By block of the layout; those before the first are left out.</summary>
    private Tensor[] Parameters(Tensor values, int first) => [.. new Tensor[first], .. network.Layout.Split(values, first)];
}
