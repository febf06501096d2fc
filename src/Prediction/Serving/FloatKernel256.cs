using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Noah.Prediction.Serving;

/// <summary>
/// The inner loops of <see cref="FloatLayer"/> where a vector holds 8 rows: with 16 registers, 6 or 4 outputs of 16 rows. The same sums in
/// the same order as <see cref="FloatKernel512"/>, so the same bits.
/// </summary>
internal static unsafe class FloatKernel256
{
    /// <param name="x">[inputs][32], of which 16 rows are read.</param>
    /// <param name="w">[inputs][12], of which 6 are read.</param>
    /// <param name="bias">[6].</param>
    /// <param name="inputs">At least 1.</param>
    /// <param name="y">[6][32], of which 16 rows are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Six(float* x, float* w, float* bias, int inputs, float* y)
    {
        Vector256<float> l0 = Vector256.Create(bias[0]), r0 = l0;
        Vector256<float> l1 = Vector256.Create(bias[1]), r1 = l1;
        Vector256<float> l2 = Vector256.Create(bias[2]), r2 = l2;
        Vector256<float> l3 = Vector256.Create(bias[3]), r3 = l3;
        Vector256<float> l4 = Vector256.Create(bias[4]), r4 = l4;
        Vector256<float> l5 = Vector256.Create(bias[5]), r5 = l5;
        for (int k = 0; k < inputs; k++, x += Lanes.Rows, w += 12)
        {
            Vector256<float> left = Vector256.Load(x), right = Vector256.Load(x + 8);
            var w0 = Vector256.Create(w[0]);
            l0 = Vector256.FusedMultiplyAdd(left, w0, l0);
            r0 = Vector256.FusedMultiplyAdd(right, w0, r0);
            var w1 = Vector256.Create(w[1]);
            l1 = Vector256.FusedMultiplyAdd(left, w1, l1);
            r1 = Vector256.FusedMultiplyAdd(right, w1, r1);
            var w2 = Vector256.Create(w[2]);
            l2 = Vector256.FusedMultiplyAdd(left, w2, l2);
            r2 = Vector256.FusedMultiplyAdd(right, w2, r2);
            var w3 = Vector256.Create(w[3]);
            l3 = Vector256.FusedMultiplyAdd(left, w3, l3);
            r3 = Vector256.FusedMultiplyAdd(right, w3, r3);
            var w4 = Vector256.Create(w[4]);
            l4 = Vector256.FusedMultiplyAdd(left, w4, l4);
            r4 = Vector256.FusedMultiplyAdd(right, w4, r4);
            var w5 = Vector256.Create(w[5]);
            l5 = Vector256.FusedMultiplyAdd(left, w5, l5);
            r5 = Vector256.FusedMultiplyAdd(right, w5, r5);
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

    /// <summary>The same for 4 outputs, of a block [inputs][4].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Four(float* x, float* w, float* bias, int inputs, float* y)
    {
        Vector256<float> l0 = Vector256.Create(bias[0]), r0 = l0;
        Vector256<float> l1 = Vector256.Create(bias[1]), r1 = l1;
        Vector256<float> l2 = Vector256.Create(bias[2]), r2 = l2;
        Vector256<float> l3 = Vector256.Create(bias[3]), r3 = l3;
        for (int k = 0; k < inputs; k++, x += Lanes.Rows, w += 4)
        {
            Vector256<float> left = Vector256.Load(x), right = Vector256.Load(x + 8);
            var w0 = Vector256.Create(w[0]);
            l0 = Vector256.FusedMultiplyAdd(left, w0, l0);
            r0 = Vector256.FusedMultiplyAdd(right, w0, r0);
            var w1 = Vector256.Create(w[1]);
            l1 = Vector256.FusedMultiplyAdd(left, w1, l1);
            r1 = Vector256.FusedMultiplyAdd(right, w1, r1);
            var w2 = Vector256.Create(w[2]);
            l2 = Vector256.FusedMultiplyAdd(left, w2, l2);
            r2 = Vector256.FusedMultiplyAdd(right, w2, r2);
            var w3 = Vector256.Create(w[3]);
            l3 = Vector256.FusedMultiplyAdd(left, w3, l3);
            r3 = Vector256.FusedMultiplyAdd(right, w3, r3);
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
}
