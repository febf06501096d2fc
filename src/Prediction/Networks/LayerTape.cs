using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>One use of a weight in a forward pass.</summary>
/// <param name="Weight">(outputs, inputs), or the (vocabulary, width) table of a look-up; a view of the flat parameter vector.</param>
/// <param name="Bias">(outputs), or null.</param>
/// <param name="Input">(batch, inputs), or the (batch) codes of a look-up.</param>
/// <param name="Output">(batch, outputs).</param>
/// <param name="IsLookup">Whether it picked rows of a table.</param>
internal sealed record LayerUse(Tensor Weight, Tensor? Bias, Tensor Input, Tensor Output, bool IsLookup);

/// <summary>
/// The layers through which networks use their weights. While a tape is on, the calling thread's uses are kept: with the inputs and the
/// gradients of the outputs, one backward pass holds the gradient of every example (Goodfellow, arXiv 1510.01799) instead of their sum.
/// </summary>
internal sealed class LayerTape : IDisposable
{
    [ThreadStatic]
    private static LayerTape? _current;

    private readonly List<LayerUse> _uses = [];

    private LayerTape()
    {
    }

    public IReadOnlyList<LayerUse> Uses => _uses;

    /// <summary>Turns one on until it is disposed of. Tensors follow the caller's dispose scope.</summary>
    public static LayerTape Start() => _current = new LayerTape();

    /// <summary>input · weightᵀ + bias: (batch, outputs).</summary>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null) =>
        Kept(weight, bias, input, linear(input, weight, bias), isLookup: false);

    /// <summary>Rows of a table: (batch, width). By indexing, not index_select: its gradient sums in a fixed order on CUDA too.</summary>
    public static Tensor Lookup(Tensor table, Tensor codes) => Kept(table, null, codes, table.index(codes), isLookup: true);

    public void Dispose() => _current = null;

    private static Tensor Kept(Tensor weight, Tensor? bias, Tensor input, Tensor output, bool isLookup)
    {
        _current?._uses.Add(new LayerUse(weight, bias, input, output, isLookup));
        return output;
    }
}
