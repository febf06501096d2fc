namespace Noah.Optimization.Randomization;

/// <summary>Salted hash of a unit's key: the same key and seed give the same draw in every run, whatever the order of the units.</summary>
internal static class SeededHash
{
    // 2^-53: a double holds 53 bits.
    private const double Unit = 1.0 / (1UL << 53);

    /// <summary>SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), applied to the seed and then to the key under it.</summary>
    public static ulong Of(ulong seed, ulong key) => Mix(Mix(seed) ^ key);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, ulong key) => (Of(seed, key) >> 11) * Unit;

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
