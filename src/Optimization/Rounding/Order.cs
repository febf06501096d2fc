namespace Noah.Optimization.Rounding;

/// <summary>Order statistics without a full sort.</summary>
internal static class Order
{
    /// <summary>The k-th smallest number, k from 0, by counting the bit patterns of non-negative singles in two rounds of 16 bits.</summary>
    public static float Statistic(ReadOnlySpan<float> nonNegative, int k)
    {
        var high = Select(nonNegative, k, 0, wholeRange: true, out var before);
        var low = Select(nonNegative, k - before, high, wholeRange: false, out _);
        return BitConverter.UInt32BitsToSingle(((uint)high << 16) | (uint)low);
    }

    private static int Select(ReadOnlySpan<float> numbers, int k, int prefix, bool wholeRange, out int before)
    {
        var counts = new int[1 << 16];
        foreach (var number in numbers)
        {
            var bits = BitConverter.SingleToUInt32Bits(number);
            if (wholeRange || bits >> 16 == prefix)
            {
                counts[wholeRange ? bits >> 16 : bits & 0xFFFF]++;
            }
        }

        before = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            if (before + counts[bucket] > k)
            {
                return bucket;
            }

            before += counts[bucket];
        }

        return counts.Length - 1;
    }
}
