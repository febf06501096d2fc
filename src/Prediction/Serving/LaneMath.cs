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
            Vector512.Max(Vector512.Load(y), Vector512<float>.Zero).Store(y);
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
        for (int half = 0; half < Lanes.Rows; half += Lanes.Half)
        {
            Vector512<float> low = Vector512.Load(x + half), high = low;
            for (int k = 1; k < width; k++)
            {
                var value = Vector512.Load(x + (k * Lanes.Rows) + half);
                low = Vector512.MinNative(low, value);
                high = Vector512.MaxNative(high, value);
            }
            var range = high - low;
            low.Store(lowest + half);
            (range / Vector512.Create(Levels)).Store(step + half);
            var inverse = Vector512.ConditionalSelect(
                Vector512.GreaterThan(range, Vector512<float>.Zero), Vector512.Create(Levels) / range, Vector512<float>.Zero);
            // Truncation of a number above 0 after half a level more is rounding.
            var shift = Vector512.Create(0.5f) - (low * inverse);
            int* target = (int*)bytes + half;
            for (int k = 0; k < width; k += ByteLayer.Quad, target += Lanes.Rows)
            {
                var packed = Vector512<int>.Zero;
                for (int part = Math.Min(ByteLayer.Quad, width - k) - 1; part >= 0; part--)
                {
                    var value = Vector512.Load(x + ((k + part) * Lanes.Rows) + half);
                    packed = (packed << 8) | Vector512.ConvertToInt32Native(Vector512.FusedMultiplyAdd(value, inverse, shift));
                }
                packed.Store(target);
            }
        }
    }
}
