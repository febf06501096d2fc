using TorchSharp;

namespace Noah.Prediction.Training;

/// <summary>
/// Numbers that tensors are added to, multiplied with or compared against, held for the life of the process. TorchSharp turns a plain
/// number into a native object whose finalizer may run while libtorch still reads it: under load that gave "toFloat" errors in
/// <c>a + b</c>, whose factor of one is such an object. So every scalar here is one of these, or a <c>using</c> of the caller.
/// </summary>
internal static class Scalars
{
    public static readonly Scalar Zero = 0.0;
    public static readonly Scalar Half = 0.5;
    public static readonly Scalar One = 1.0;

    /// <summary>a + b.</summary>
    public static torch.Tensor Plus(this torch.Tensor a, torch.Tensor b) => a.add(b, One);

    /// <summary>a + b for a held number.</summary>
    public static torch.Tensor Plus(this torch.Tensor a, Scalar b) => a.add(b, One);

    /// <summary>a − b; it takes no factor, and is here beside its sibling.</summary>
    public static torch.Tensor Minus(this torch.Tensor a, torch.Tensor b) => a.sub(b);
}
