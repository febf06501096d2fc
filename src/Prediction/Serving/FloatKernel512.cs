using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Noah.Prediction.Serving;

/// <summary>
/// The inner loops of <see cref="FloatLayer"/> where a vector holds 16 rows: 12 or 4 outputs of 32 rows, so that all sums stay in registers.
/// </summary>
/// <remarks>
/// Unrolled by hand, and methods of their own: a call within the loop, or an array of sums, would send every sum to memory at every step.
/// Each row has a lane, and its sum runs over the inputs in order: what stands in other lanes can't change its bits.
/// </remarks>
internal static unsafe class FloatKernel512
{
    /// <param name="x">[inputs][32].</param>
    /// <param name="w">[inputs][12].</param>
    /// <param name="bias">[12].</param>
    /// <param name="inputs">At least 1.</param>
    /// <param name="y">[12][32].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Twelve(float* x, float* w, float* bias, int inputs, float* y)
    {
        Vector512<float> l0 = Vector512.Create(bias[0]), r0 = l0;
        Vector512<float> l1 = Vector512.Create(bias[1]), r1 = l1;
        Vector512<float> l2 = Vector512.Create(bias[2]), r2 = l2;
        Vector512<float> l3 = Vector512.Create(bias[3]), r3 = l3;
        Vector512<float> l4 = Vector512.Create(bias[4]), r4 = l4;
        Vector512<float> l5 = Vector512.Create(bias[5]), r5 = l5;
        Vector512<float> l6 = Vector512.Create(bias[6]), r6 = l6;
        Vector512<float> l7 = Vector512.Create(bias[7]), r7 = l7;
        Vector512<float> l8 = Vector512.Create(bias[8]), r8 = l8;
        Vector512<float> l9 = Vector512.Create(bias[9]), r9 = l9;
        Vector512<float> l10 = Vector512.Create(bias[10]), r10 = l10;
        Vector512<float> l11 = Vector512.Create(bias[11]), r11 = l11;
        for (int k = 0; k < inputs; k++, x += Lanes.Rows, w += 12)
        {
            Vector512<float> left = Vector512.Load(x), right = Vector512.Load(x + 16);
            var w0 = Vector512.Create(w[0]);
            l0 = Vector512.FusedMultiplyAdd(left, w0, l0);
            r0 = Vector512.FusedMultiplyAdd(right, w0, r0);
            var w1 = Vector512.Create(w[1]);
            l1 = Vector512.FusedMultiplyAdd(left, w1, l1);
            r1 = Vector512.FusedMultiplyAdd(right, w1, r1);
            var w2 = Vector512.Create(w[2]);
            l2 = Vector512.FusedMultiplyAdd(left, w2, l2);
            r2 = Vector512.FusedMultiplyAdd(right, w2, r2);
            var w3 = Vector512.Create(w[3]);
            l3 = Vector512.FusedMultiplyAdd(left, w3, l3);
            r3 = Vector512.FusedMultiplyAdd(right, w3, r3);
            var w4 = Vector512.Create(w[4]);
            l4 = Vector512.FusedMultiplyAdd(left, w4, l4);
            r4 = Vector512.FusedMultiplyAdd(right, w4, r4);
            var w5 = Vector512.Create(w[5]);
            l5 = Vector512.FusedMultiplyAdd(left, w5, l5);
            r5 = Vector512.FusedMultiplyAdd(right, w5, r5);
            var w6 = Vector512.Create(w[6]);
            l6 = Vector512.FusedMultiplyAdd(left, w6, l6);
            r6 = Vector512.FusedMultiplyAdd(right, w6, r6);
            var w7 = Vector512.Create(w[7]);
            l7 = Vector512.FusedMultiplyAdd(left, w7, l7);
            r7 = Vector512.FusedMultiplyAdd(right, w7, r7);
            var w8 = Vector512.Create(w[8]);
            l8 = Vector512.FusedMultiplyAdd(left, w8, l8);
            r8 = Vector512.FusedMultiplyAdd(right, w8, r8);
            var w9 = Vector512.Create(w[9]);
            l9 = Vector512.FusedMultiplyAdd(left, w9, l9);
            r9 = Vector512.FusedMultiplyAdd(right, w9, r9);
            var w10 = Vector512.Create(w[10]);
            l10 = Vector512.FusedMultiplyAdd(left, w10, l10);
            r10 = Vector512.FusedMultiplyAdd(right, w10, r10);
            var w11 = Vector512.Create(w[11]);
            l11 = Vector512.FusedMultiplyAdd(left, w11, l11);
            r11 = Vector512.FusedMultiplyAdd(right, w11, r11);
        }
        l0.Store(y);
        r0.Store(y + 16);
        l1.Store(y + 32);
        r1.Store(y + 48);
        l2.Store(y + 64);
        r2.Store(y + 80);
        l3.Store(y + 96);
        r3.Store(y + 112);
        l4.Store(y + 128);
        r4.Store(y + 144);
        l5.Store(y + 160);
        r5.Store(y + 176);
        l6.Store(y + 192);
        r6.Store(y + 208);
        l7.Store(y + 224);
        r7.Store(y + 240);
        l8.Store(y + 256);
        r8.Store(y + 272);
        l9.Store(y + 288);
        r9.Store(y + 304);
        l10.Store(y + 320);
        r10.Store(y + 336);
        l11.Store(y + 352);
        r11.Store(y + 368);
    }

    /// <summary>The same for 4 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Four(float* x, float* w, float* bias, int inputs, float* y)
    {
        Vector512<float> l0 = Vector512.Create(bias[0]), r0 = l0;
        Vector512<float> l1 = Vector512.Create(bias[1]), r1 = l1;
        Vector512<float> l2 = Vector512.Create(bias[2]), r2 = l2;
        Vector512<float> l3 = Vector512.Create(bias[3]), r3 = l3;
        for (int k = 0; k < inputs; k++, x += Lanes.Rows, w += 4)
        {
            Vector512<float> left = Vector512.Load(x), right = Vector512.Load(x + 16);
            var w0 = Vector512.Create(w[0]);
            l0 = Vector512.FusedMultiplyAdd(left, w0, l0);
            r0 = Vector512.FusedMultiplyAdd(right, w0, r0);
            var w1 = Vector512.Create(w[1]);
            l1 = Vector512.FusedMultiplyAdd(left, w1, l1);
            r1 = Vector512.FusedMultiplyAdd(right, w1, r1);
            var w2 = Vector512.Create(w[2]);
            l2 = Vector512.FusedMultiplyAdd(left, w2, l2);
            r2 = Vector512.FusedMultiplyAdd(right, w2, r2);
            var w3 = Vector512.Create(w[3]);
            l3 = Vector512.FusedMultiplyAdd(left, w3, l3);
            r3 = Vector512.FusedMultiplyAdd(right, w3, r3);
        }
        l0.Store(y);
        r0.Store(y + 16);
        l1.Store(y + 32);
        r1.Store(y + 48);
        l2.Store(y + 64);
        r2.Store(y + 80);
        l3.Store(y + 96);
        r3.Store(y + 112);
    }
}
