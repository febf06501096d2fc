namespace Noah.Experimentation.Inference;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): its stream is fixed by the seed on every runtime, which System.Random does not promise.</summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Next number in [0, 1), a multiple of 2⁻⁵³.</summary>
    internal double NextDouble()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
