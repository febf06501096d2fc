using Noah.Prediction.Training;
using static TorchSharp.torch;

namespace Noah.Prediction.Networks;

/// <summary>
/// Outputs and gradients of an <see cref="ActionNetwork"/> for a given input, with those of its crosses written out (<see cref="CrossPass"/>):
/// autograd is left with trunk, heads, curves and loss.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="flat">(parameters behind the embedding tables).</param>
internal sealed class NetworkGradient(ActionNetwork network, Tensor flat)
{
    private readonly int _firstBlock = network.Tables.Count, _trunk = network.FirstBlockBehindCrosses;

    /// <param name="input">(batch, input).</param>
    /// <param name="targets">Of the batch.</param>
    /// <returns>(batch, heads), without a graph.</returns>
    public Tensor Outputs(Tensor input, Targets targets)
    {
        using var withoutGraph = no_grad();
        var parameters = Parameters(flat, _firstBlock);
        return Outputs(parameters, input, [.. network.CrossPasses().Select(pass => pass.Forward(parameters, input))], targets);
    }

    /// <param name="input">(batch, input).</param>
    /// <param name="targets">Of the batch.</param>
    /// <param name="loss">Of outputs and labels.</param>
    /// <returns>The loss, its gradient by the parameters behind the tables, (parameters), and by the input, (batch, input).</returns>
    public (Tensor Loss, Tensor OfParameters, Tensor OfInput) Gradient(Tensor input, Targets targets, BatchLoss loss)
    {
        var passes = network.CrossPasses();
        Tensor[] parameters, crosses;
        Tensor tail;
        using (no_grad())
        {
            parameters = Parameters(flat, _firstBlock);
            crosses = [.. passes.Select(pass => pass.Forward(parameters, input).detach().requires_grad_(true))];
            int behind = network.Blocks[_trunk].Offset - network.Blocks[_firstBlock].Offset;
            tail = flat.narrow(0, behind, flat.numel() - behind).detach().requires_grad_(true);
        }
        var leaf = input.detach().requires_grad_(true);
        var value = loss(Outputs(Parameters(tail, _trunk), leaf, crosses, targets), targets.Labels);
        Tensor[] found = [.. autograd.grad([value], [leaf, tail, .. crosses])];
        var gradients = new Tensor?[network.Blocks.Count];
        // Backward adds to it in place; that of a trunk of its own belongs to nobody else.
        var ofInput = found[0];
        for (int p = passes.Length - 1; p >= 0; p--)
        {
            passes[p].Backward(parameters, input, found[2 + p], ofInput, gradients);
        }
        using var withoutGraph = no_grad();
        var ofParameters = cat([.. gradients.OfType<Tensor>().Select(gradient => gradient.view(-1)), found[1]], 0);
        return (value, ofParameters, ofInput);
    }

    private Tensor Outputs(Tensor[] parameters, Tensor input, Tensor[] crosses, Targets targets) => network.Calibrate(
        parameters, network.Heads(parameters, network.Join(parameters, input, crosses), targets.ActionMask), targets.Codes!);

    /// <summary>By block of the layout; those before the first are left out.</summary>
    private Tensor[] Parameters(Tensor values, int first) => [.. new Tensor[first], .. network.Layout.Split(values, first)];
}
