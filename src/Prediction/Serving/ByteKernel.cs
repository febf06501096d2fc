using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Noah.Prediction.Serving;

/// <summary>
/// The inner loops of <see cref="ByteLayer"/>: products of bytes, four inputs at a time, summed exactly in 32 bits. 6 or 4 outputs of 16
/// rows: AVX-VNNI reaches 16 registers only.
/// </summary>
internal static unsafe class ByteKernel
{
    /// <param name="x">[quads of inputs][32][4], of which 16 rows are read.</param>
    /// <param name="w">[quads of inputs][12][4], of which 6 are read.</param>
    /// <param name="quads">At least 1.</param>
    /// <param name="y">[6][32], of which 16 rows are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Six(byte* x, sbyte* w, int quads, int* y)
    {
        Vector256<int> l0 = Vector256<int>.Zero, r0 = l0;
        Vector256<int> l1 = Vector256<int>.Zero, r1 = l1;
        Vector256<int> l2 = Vector256<int>.Zero, r2 = l2;
        Vector256<int> l3 = Vector256<int>.Zero, r3 = l3;
        Vector256<int> l4 = Vector256<int>.Zero, r4 = l4;
        Vector256<int> l5 = Vector256<int>.Zero, r5 = l5;
        for (int k = 0; k < quads; k++, x += 4 * Lanes.Rows, w += 48)
        {
            Vector256<byte> left = Vector256.Load(x), right = Vector256.Load(x + 32);
            var w0 = Vector256.Create(((int*)w)[0]).AsSByte();
            l0 = Dot(l0, left, w0);
            r0 = Dot(r0, right, w0);
            var w1 = Vector256.Create(((int*)w)[1]).AsSByte();
            l1 = Dot(l1, left, w1);
            r1 = Dot(r1, right, w1);
            var w2 = Vector256.Create(((int*)w)[2]).AsSByte();
            l2 = Dot(l2, left, w2);
            r2 = Dot(r2, right, w2);
            var w3 = Vector256.Create(((int*)w)[3]).AsSByte();
            l3 = Dot(l3, left, w3);
            r3 = Dot(r3, right, w3);
            var w4 = Vector256.Create(((int*)w)[4]).AsSByte();
            l4 = Dot(l4, left, w4);
            r4 = Dot(r4, right, w4);
            var w5 = Vector256.Create(((int*)w)[5]).AsSByte();
            l5 = Dot(l5, left, w5);
            r5 = Dot(r5, right, w5);
        }
        l0.Store(y);
        r0.Store(y + 8);
        l1.Store(y + 32);
        r1.Store(y + 40);
        l2.Store(y + 64);
        r2.Store(y + 72);
        l3.Store(y + 96);
        r3.Store(y + 104);
        l4.Store(y + 128);
        r4.Store(y + 136);
        l5.Store(y + 160);
        r5.Store(y + 168);
    }

    /// <summary>The same for 4 outputs, of a block [quads of inputs][4][4].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Four(byte* x, sbyte* w, int quads, int* y)
    {
        Vector256<int> l0 = Vector256<int>.Zero, r0 = l0;
        Vector256<int> l1 = Vector256<int>.Zero, r1 = l1;
        Vector256<int> l2 = Vector256<int>.Zero, r2 = l2;
        Vector256<int> l3 = Vector256<int>.Zero, r3 = l3;
        for (int k = 0; k < quads; k++, x += 4 * Lanes.Rows, w += 16)
        {
            Vector256<byte> left = Vector256.Load(x), right = Vector256.Load(x + 32);
            var w0 = Vector256.Create(((int*)w)[0]).AsSByte();
            l0 = Dot(l0, left, w0);
            r0 = Dot(r0, right, w0);
            var w1 = Vector256.Create(((int*)w)[1]).AsSByte();
            l1 = Dot(l1, left, w1);
            r1 = Dot(r1, right, w1);
            var w2 = Vector256.Create(((int*)w)[2]).AsSByte();
            l2 = Dot(l2, left, w2);
            r2 = Dot(r2, right, w2);
            var w3 = Vector256.Create(((int*)w)[3]).AsSByte();
            l3 = Dot(l3, left, w3);
            r3 = Dot(r3, right, w3);
        }
        l0.Store(y);
        r0.Store(y + 8);
        l1.Store(y + 32);
        r1.Store(y + 40);
        l2.Store(y + 64);
        r2.Store(y + 72);
        l3.Store(y + 96);
        r3.Store(y + 104);
    }

    /// <summary>Adds to each sum the products of its four pairs. Without AVX-VNNI by way of 16 bits: the same sums, in more steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Dot(Vector256<int> sum, Vector256<byte> x, Vector256<sbyte> w)
    {
        if (AvxVnni.IsSupported)
        {
            return AvxVnni.MultiplyWideningAndAdd(sum, x, w);
        }
        Vector256<short> pairs = x.AsInt16(), weights = w.AsInt16();
        Vector256<short> even = pairs & Vector256.Create((short)0xFF), odd = (pairs.AsUInt16() >> 8).AsInt16();
        return sum + Pairs(even, (weights << 8) >> 8) + Pairs(odd, weights >> 8);
    }

    private static Vector256<int> Pairs(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(a, b);
        }
        Vector256<int> low = ((a.AsInt32() << 16) >> 16) * ((b.AsInt32() << 16) >> 16);
        return low + (a.AsInt32() >> 16) * (b.AsInt32() >> 16);
    }
}
