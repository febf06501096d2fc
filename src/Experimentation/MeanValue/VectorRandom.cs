using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Noah.Experimentation.MeanValue;

/// <summary>Eight streams of xoshiro256++ (Blackman and Vigna 2021) side by side, seeded by SplitMix64.</summary>
internal struct VectorRandom
{
    private Vector512<ulong> _a;
    private Vector512<ulong> _b;
    private Vector512<ulong> _c;
    private Vector512<ulong> _d;

    internal VectorRandom(ulong seed)
    {
        var state = seed;
        Vector512<ulong> Eight() => Vector512.Create(
            Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state), Mix(ref state));
        (_a, _b, _c, _d) = (Eight(), Eight(), Eight(), Eight());
    }

    /// <summary>Eight numbers in [0, 1), multiples of 2⁻⁵².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<double> Next()
    {
        var sum = _a + _d;
        var result = (Vector512.ShiftLeft(sum, 23) | Vector512.ShiftRightLogical(sum, 41)) + _a;
        var shifted = Vector512.ShiftLeft(_b, 17);
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = Vector512.ShiftLeft(_d, 45) | Vector512.ShiftRightLogical(_d, 19);

        // The upper 52 bits become the fraction of a number in [1, 2).
        var one = Vector512.Create(0x3FF0000000000000UL);
        return (Vector512.ShiftRightLogical(result, 12) | one).AsDouble() - Vector512<double>.One;
    }

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
