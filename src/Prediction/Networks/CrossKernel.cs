using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Noah.Prediction.Networks;

/// <summary>What a cross layer does between its matrix products, in one walk over the batch where operations on tensors take three each way.</summary>
internal static class CrossKernel
{
    /// <summary>raised ← raised + bias, crossed = input * raised + cross.</summary>
    /// <param name="bias">(width).</param>
    /// <param name="input">[rows × width].</param>
    /// <param name="cross">[rows × width].</param>
    /// <param name="raised">[rows × width], U m.</param>
    /// <param name="crossed">[rows × width], written.</param>
    public static void Forward(
        ReadOnlySpan<float> bias, ReadOnlySpan<float> input, ReadOnlySpan<float> cross, Span<float> raised, Span<float> crossed)
    {
        int width = bias.Length, vectors = width - width % Vector<float>.Count;
        for (int first = 0; first < crossed.Length; first += width)
        {
            ref float x0 = ref At(input, first), x = ref At(cross, first), up = ref At(raised, first), next = ref At(crossed, first);
            for (int i = 0; i < vectors; i += Vector<float>.Count)
            {
                var sum = Load(ref up, i) + Load(ref At(bias, 0), i);
                sum.StoreUnsafe(ref up, (nuint)i);
                (Load(ref x0, i) * sum + Load(ref x, i)).StoreUnsafe(ref next, (nuint)i);
            }
            for (int i = vectors; i < width; i++)
            {
                Unsafe.Add(ref up, i) += bias[i];
                Unsafe.Add(ref next, i) = Unsafe.Add(ref x0, i) * Unsafe.Add(ref up, i) + Unsafe.Add(ref x, i);
            }
        }
    }

    /// <summary>ofInput ← ofInput + gradient * raised, raised ← gradient * input (its own gradient), ofBias ← its column sums.</summary>
    /// <param name="gradient">[rows × width], of what <see cref="Forward"/> wrote.</param>
    /// <param name="input">[rows × width].</param>
    /// <param name="raised">[rows × width], as it was left.</param>
    /// <param name="ofInput">[rows × width].</param>
    /// <param name="ofBias">(width), written.</param>
    public static void Backward(
        ReadOnlySpan<float> gradient, ReadOnlySpan<float> input, Span<float> raised, Span<float> ofInput, Span<float> ofBias)
    {
        ofBias.Clear();
        int width = ofBias.Length, vectors = width - width % Vector<float>.Count;
        for (int first = 0; first < gradient.Length; first += width)
        {
            ref float x0 = ref At(input, first), g = ref At(gradient, first), up = ref At(raised, first), sum = ref At(ofInput, first);
            for (int i = 0; i < vectors; i += Vector<float>.Count)
            {
                var outer = Load(ref g, i);
                (Load(ref sum, i) + outer * Load(ref up, i)).StoreUnsafe(ref sum, (nuint)i);
                var own = outer * Load(ref x0, i);
                own.StoreUnsafe(ref up, (nuint)i);
                (Load(ref At(ofBias, 0), i) + own).StoreUnsafe(ref At(ofBias, 0), (nuint)i);
            }
            for (int i = vectors; i < width; i++)
            {
                float outer = Unsafe.Add(ref g, i);
                Unsafe.Add(ref sum, i) += outer * Unsafe.Add(ref up, i);
                Unsafe.Add(ref up, i) = outer * Unsafe.Add(ref x0, i);
                ofBias[i] += Unsafe.Add(ref up, i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float At(ReadOnlySpan<float> values, int place) => ref Unsafe.Add(ref MemoryMarshal.GetReference(values), place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float first, int place) => Vector.LoadUnsafe(ref first, (nuint)place);
}
