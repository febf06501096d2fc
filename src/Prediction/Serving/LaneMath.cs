using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Noah.Prediction.Serving;

/// <summary>What is done number by number, for 32 rows. Addresses are multiples of 64.</summary>
internal static unsafe class LaneMath
{
    /// <summary>y = max(y, 0).</summary>
    public static void Relu(float* y, int width)
    {
        for (float* end = y + (width * Lanes.Rows); y < end; y += Lanes.Half)
        {
            // In this order what is no number stays none.
            Vector512.MaxNative(Vector512<float>.Zero, Vector512.Load(y)).Store(y);
        }
    }

    /// <summary>y = y · sigmoid(gate).</summary>
    public static void Gate(float* y, float* gate, int width)
    {
        for (float* end = y + (width * Lanes.Rows); y < end; y += Lanes.Half, gate += Lanes.Half)
        {
            (Vector512.Load(y) / (Vector512<float>.One + Vector512.Exp(-Vector512.Load(gate)))).Store(y);
        }
    }

    /// <summary>y = input · mapped + x: what a cross layer adds to its input.</summary>
    public static void Cross(float* input, float* mapped, float* x, float* y, int width)
    {
        for (float* end = y + (width * Lanes.Rows); y < end; y += Lanes.Half, x += Lanes.Half, mapped += Lanes.Half, input += Lanes.Half)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(input), Vector512.Load(mapped), Vector512.Load(x)).Store(y);
        }
    }

    /// <summary>Writes each row in bytes: 127 steps to the largest of its numbers, either way from <see cref="ByteLayer.Zero"/>.</summary>
    /// <param name="x">[width][32].</param>
    /// <param name="width">At least 1.</param>
    /// <param name="bytes">[quads of width][32][4].</param>
    /// <param name="step">[32]; 0 where all numbers of a row are 0.</param>
    public static void Quantize(float* x, int width, byte* bytes, float* step)
    {
        Vector512<float> levels = Vector512.Create(127f), zero = Vector512<float>.Zero;
        Vector512<float> leftLargest = Largest(x, width), rightLargest = Largest(x + Lanes.Half, width);
        (leftLargest / levels).Store(step);
        (rightLargest / levels).Store(step + Lanes.Half);
        Vector512<float> left = Vector512.ConditionalSelect(Vector512.GreaterThan(leftLargest, zero), levels / leftLargest, zero);
        Vector512<float> right = Vector512.ConditionalSelect(Vector512.GreaterThan(rightLargest, zero), levels / rightLargest, zero);
        int whole = width - (width % ByteLayer.Quad);
        int* target = (int*)bytes;
        for (float* end = x + (whole * Lanes.Rows); x < end; x += ByteLayer.Quad * Lanes.Rows, target += Lanes.Rows)
        {
            Four(x, left).Store(target);
            Four(x + Lanes.Half, right).Store(target + Lanes.Half);
        }
        if (whole < width)
        {
            Vector512<int> leftRest = Vector512<int>.Zero, rightRest = Vector512<int>.Zero;
            for (int part = width - whole - 1; part >= 0; part--)
            {
                leftRest = (leftRest << 8) | Level(x + (part * Lanes.Rows), left);
                rightRest = (rightRest << 8) | Level(x + (part * Lanes.Rows) + Lanes.Half, right);
            }
            leftRest.Store(target);
            rightRest.Store(target + Lanes.Half);
        }
    }

    private static Vector512<float> Largest(float* x, int width)
    {
        // Two, as one would wait for itself.
        Vector512<float> largest = Vector512.Abs(Vector512.Load(x)), other = largest;
        int k = 1;
        for (; k + 1 < width; k += 2)
        {
            largest = Vector512.MaxNative(largest, Vector512.Abs(Vector512.Load(x + (k * Lanes.Rows))));
            other = Vector512.MaxNative(other, Vector512.Abs(Vector512.Load(x + ((k + 1) * Lanes.Rows))));
        }
        if (k < width)
        {
            largest = Vector512.MaxNative(largest, Vector512.Abs(Vector512.Load(x + (k * Lanes.Rows))));
        }
        return Vector512.MaxNative(largest, other);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Four(float* x, Vector512<float> inverse) =>
        Level(x, inverse) | (Level(x + Lanes.Rows, inverse) << 8)
        | (Level(x + (2 * Lanes.Rows), inverse) << 16) | (Level(x + (3 * Lanes.Rows), inverse) << 24);

    /// <summary>Truncation of a number above 0 after half a level more is rounding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Level(float* x, Vector512<float> inverse) =>
        Vector512.ConvertToInt32Native(Vector512.FusedMultiplyAdd(Vector512.Load(x), inverse, Vector512.Create(ByteLayer.Zero + 0.5f)));
}
