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

    /// <summary>Writes each row in bytes, between its lowest and its highest number.</summary>
    /// <param name="x">[width][32].</param>
    /// <param name="width">At least 1.</param>
    /// <param name="bytes">[quads of width][32][4].</param>
    /// <param name="lowest">[32].</param>
    /// <param name="step">[32]; 0 where all numbers of a row are equal.</param>
    public static void Quantize(float* x, int width, byte* bytes, float* lowest, float* step)
    {
        const float Levels = 255f;
        var (leftLow, leftHigh) = Range(x, width);
        var (rightLow, rightHigh) = Range(x + Lanes.Half, width);
        leftLow.Store(lowest);
        rightLow.Store(lowest + Lanes.Half);
        Vector512<float> leftRange = leftHigh - leftLow, rightRange = rightHigh - rightLow, levels = Vector512.Create(Levels);
        (leftRange / levels).Store(step);
        (rightRange / levels).Store(step + Lanes.Half);
        // No range, no levels: all numbers are the lowest.
        Vector512<float> left = Vector512.ConditionalSelect(Vector512.GreaterThan(leftRange, Vector512<float>.Zero), levels / leftRange, leftRange);
        Vector512<float> right = Vector512.ConditionalSelect(Vector512.GreaterThan(rightRange, Vector512<float>.Zero), levels / rightRange, rightRange);
        // Truncation of a number above 0 after half a level more is rounding.
        var half = Vector512.Create(0.5f);
        Vector512<float> leftShift = half - (leftLow * left), rightShift = half - (rightLow * right);
        int whole = width - (width % ByteLayer.Quad);
        int* target = (int*)bytes;
        for (float* end = x + (whole * Lanes.Rows); x < end; x += ByteLayer.Quad * Lanes.Rows, target += Lanes.Rows)
        {
            Four(x, left, leftShift).Store(target);
            Four(x + Lanes.Half, right, rightShift).Store(target + Lanes.Half);
        }
        if (whole < width)
        {
            Vector512<int> leftRest = Vector512<int>.Zero, rightRest = Vector512<int>.Zero;
            for (int part = width - whole - 1; part >= 0; part--)
            {
                leftRest = (leftRest << 8) | Level(x + (part * Lanes.Rows), left, leftShift);
                rightRest = (rightRest << 8) | Level(x + (part * Lanes.Rows) + Lanes.Half, right, rightShift);
            }
            leftRest.Store(target);
            rightRest.Store(target + Lanes.Half);
        }
    }

    private static (Vector512<float> Low, Vector512<float> High) Range(float* x, int width)
    {
        Vector512<float> low = Vector512.Load(x), high = low, otherLow = low, otherHigh = low;
        int k = 1;
        // Two of each, as one would wait for itself.
        for (; k + 1 < width; k += 2)
        {
            Vector512<float> value = Vector512.Load(x + (k * Lanes.Rows)), next = Vector512.Load(x + ((k + 1) * Lanes.Rows));
            low = Vector512.MinNative(low, value);
            high = Vector512.MaxNative(high, value);
            otherLow = Vector512.MinNative(otherLow, next);
            otherHigh = Vector512.MaxNative(otherHigh, next);
        }
        if (k < width)
        {
            var value = Vector512.Load(x + (k * Lanes.Rows));
            low = Vector512.MinNative(low, value);
            high = Vector512.MaxNative(high, value);
        }
        return (Vector512.MinNative(low, otherLow), Vector512.MaxNative(high, otherHigh));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Four(float* x, Vector512<float> inverse, Vector512<float> shift) =>
        Level(x, inverse, shift) | (Level(x + Lanes.Rows, inverse, shift) << 8)
        | (Level(x + (2 * Lanes.Rows), inverse, shift) << 16) | (Level(x + (3 * Lanes.Rows), inverse, shift) << 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Level(float* x, Vector512<float> inverse, Vector512<float> shift) =>
        Vector512.ConvertToInt32Native(Vector512.FusedMultiplyAdd(Vector512.Load(x), inverse, shift));
}
