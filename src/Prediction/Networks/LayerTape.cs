using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Noah.Prediction.Networks;

/// <summary>How a weight was used.</summary>
internal enum LayerUseKind
{
    /// <summary>Input · weightᵀ + bias.</summary>
    Linear,

    /// <summary>Rows of a table were picked.</summary>
    Lookup,

    /// <summary>Every row of the batch had a copy of it.</summary>
    Copy,
}

/// <summary>One use of a weight in a forward pass.</summary>
/// <param name="Kind">How.</param>
/// <param name="Weight">(outputs, inputs), or the (vocabulary, width) table of a look-up; a view of the flat parameter vector.</param>
/// <param name="Bias">(outputs), or null.</param>
/// <param name="Input">(batch, inputs), the (batch) codes of a look-up, or null of copies.</param>
/// <param name="Output">(batch, outputs).</param>
internal sealed record LayerUse(LayerUseKind Kind, Tensor Weight, Tensor? Bias, Tensor? Input, Tensor Output);

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
        Kept(LayerUseKind.Linear, weight, bias, input, linear(input, weight, bias));

    /// <summary>Rows of a table: (batch, width). By indexing, not index_select: its gradient sums in a fixed order on CUDA too.</summary>
    public static Tensor Lookup(Tensor table, Tensor codes) => Kept(LayerUseKind.Lookup, table, null, codes, table.index(codes));

    /// <summary>
    /// A parameter as one row, (1, numbers), that is spread over the batch. While a tape is on it is one row for each of the batch, whose
    /// gradients are those of the examples.
    /// </summary>
    public static Tensor Spread(Tensor parameter, long batch)
    {
        var row = parameter.view(1, -1);
        return _current is null ? row : Kept(LayerUseKind.Copy, parameter, null, null, row.expand(batch, -1));
    }

    public void Dispose() => _current = null;

    private static Tensor Kept(LayerUseKind kind, Tensor weight, Tensor? bias, Tensor? input, Tensor output)
    {
        _current?._uses.Add(new LayerUse(kind, weight, bias, input, output));
        return output;
    }
}
