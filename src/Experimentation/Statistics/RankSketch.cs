using System.Runtime.InteropServices;

namespace Noah.Experimentation.Statistics;

/// <summary>
/// Positive values as counts of buckets in ascending order, for rank tests and quantiles without all rows. Below <see cref="Capacity"/> distinct
/// values (a price list, a year of days) it is exact; beyond, the last bits of the values are dropped, just as many as needed. What remains depends
/// on the values alone, not on the order of additions and merges.
/// </summary>
/// <remarks>
/// Values in a bucket count as tied. A rank test of the sketch is therefore a rank test of coarser values, with its level and its interval intact; only
/// order within a bucket is lost, at most <see cref="RankError"/> of a rank.
/// </remarks>
public sealed class RankSketch
{
    /// <summary>Most buckets: 1 MB, and at 12 significant bits enough for 16 powers of two.</summary>
    public const int Capacity = 1 << 16;

    private const int Mantissa = 52;

    private readonly (ulong Key, long Count)[] _buckets;
    private readonly int _dropped;

    private RankSketch((ulong Key, long Count)[] buckets, int dropped)
    {
        (_buckets, _dropped) = (buckets, dropped);
        foreach (var (_, count) in buckets)
        {
            Count += count;
        }
    }

    /// <summary>The sketch of no value.</summary>
    public static RankSketch Empty { get; } = new([], 0);

    /// <summary>Number of values.</summary>
    public long Count { get; }

    /// <summary>Number of buckets, at most <see cref="Capacity"/>.</summary>
    public int Buckets => _buckets.Length;

    /// <summary>Whether no value lost a bit.</summary>
    public bool Exact => _dropped == 0;

    /// <summary>Largest relative difference of a value and its bucket's: 0 while exact.</summary>
    public double ValueError => Exact ? 0 : Math.ScaleB(0.5, _dropped - Mantissa);

    /// <summary>Largest error of a rank as a share of all values, half the fullest bucket; 0 while exact, where equal values are true ties.</summary>
    public double RankError => Exact || Count == 0 ? 0 : _buckets.Max(bucket => bucket.Count) / (2.0 * Count);

    /// <summary>Builds a sketch; the values are copied.</summary>
    /// <param name="values">Finite values above 0, any order.</param>
    /// <exception cref="ArgumentException">A value is not positive and finite; the message names its index.</exception>
    public static RankSketch Of(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] <= 0)
            {
                throw new ArgumentException($"Value {i} is {values[i]}: every value must be finite and above 0.", nameof(values));
            }
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted);
    }

    /// <summary>The sketch of both samples together.</summary>
    /// <param name="other">Sketch of disjoint units.</param>
    public RankSketch Merge(RankSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var dropped = Math.Max(_dropped, other._dropped);
        var (one, two) = (Coarser(_buckets, dropped), Coarser(other._buckets, dropped));
        var union = new List<(ulong Key, long Count)>(one.Length + two.Length);
        for (int i = 0, j = 0; i < one.Length || j < two.Length;)
        {
            if (j == two.Length || (i < one.Length && one[i].Key < two[j].Key))
            {
                union.Add(one[i++]);
            }
            else if (i == one.Length || two[j].Key < one[i].Key)
            {
                union.Add(two[j++]);
            }
            else
            {
                union.Add((one[i].Key, one[i++].Count + two[j++].Count));
            }
        }

        return Fit([.. union], dropped);
    }

    /// <summary>Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan) of the buckets' values.</summary>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <returns>The quantile; null without values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public double? Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "Must lie in [0, 1].");
        }

        if (Count == 0)
        {
            return null;
        }

        var position = probability * (Count - 1);
        var below = (long)position;
        double low = At(below), high = At(Math.Min(below + 1, Count - 1));
        return low + ((position - below) * (high - low));
    }

    internal static RankSketch OfSorted(ReadOnlySpan<double> sorted)
    {
        var buckets = new List<(ulong Key, long Count)>();
        foreach (var key in MemoryMarshal.Cast<double, ulong>(sorted))
        {
            if (buckets.Count > 0 && buckets[^1].Key == key)
            {
                buckets[^1] = (key, buckets[^1].Count + 1);
            }
            else
            {
                buckets.Add((key, 1));
            }
        }

        return Fit([.. buckets], 0);
    }

    /// <summary>All values in ascending order, each as its bucket's.</summary>
    internal double[] Expand()
    {
        var values = new double[Count];
        var at = 0;
        foreach (var (key, count) in _buckets)
        {
            values.AsSpan(at, (int)count).Fill(Value(key));
            at += (int)count;
        }

        return values;
    }

    private static RankSketch Fit((ulong Key, long Count)[] buckets, int dropped)
    {
        while (buckets.Length > Capacity)
        {
            buckets = Coarser(buckets, ++dropped);
        }

        return new RankSketch(buckets, dropped);
    }

    // The bits of a positive double are ordered as its value is.
    private static (ulong Key, long Count)[] Coarser((ulong Key, long Count)[] buckets, int dropped)
    {
        var mask = ulong.MaxValue << dropped;
        var coarser = new List<(ulong Key, long Count)>(buckets.Length);
        foreach (var (key, count) in buckets)
        {
            if (coarser.Count > 0 && coarser[^1].Key == (key & mask))
            {
                coarser[^1] = (key & mask, coarser[^1].Count + count);
            }
            else
            {
                coarser.Add((key & mask, count));
            }
        }

        return [.. coarser];
    }

    // The middle of the bucket.
    private double Value(ulong key) => BitConverter.UInt64BitsToDouble(_dropped == 0 ? key : key + (1UL << (_dropped - 1)));

    private double At(long rank)
    {
        foreach (var (key, count) in _buckets)
        {
            rank -= count;
            if (rank < 0)
            {
                return Value(key);
            }
        }

        return Value(_buckets[^1].Key);
    }
}
