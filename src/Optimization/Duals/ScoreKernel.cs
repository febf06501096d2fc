using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Noah.Optimization.Duals;

/// <summary>The two inner loops of a dual evaluation: scores of consecutive edges, and the best two of a unit.</summary>
internal static class ScoreKernel
{
    private const int Lanes = 8;

    /// <summary>Score of each edge from <paramref name="first"/> on: value less what it uses at the prices of its action.</summary>
    /// <param name="actions">Action of each edge of the program.</param>
    /// <param name="values">Value of each edge of the program.</param>
    /// <param name="prices">Prices by action.</param>
    /// <param name="first">First edge.</param>
    /// <param name="scores">Receives the scores; as many as edges are wanted.</param>
    public static unsafe void Score(int[] actions, float[] values, ActionPrices prices, int first, Span<float> scores)
    {
        var i = 0;
        if (Avx2.IsSupported && Fma.IsSupported)
        {
            fixed (int* action = actions)
            fixed (float* value = values, offset = prices.Offsets)
            {
                ref var score = ref MemoryMarshal.GetReference(scores);
                for (; i <= scores.Length - Lanes; i += Lanes)
                {
                    var reduced = Avx.LoadVector256(value + first + i) - Avx2.GatherVector256(offset, Avx.LoadVector256(action + first + i), sizeof(float));
                    reduced.StoreUnsafe(ref score, (nuint)i);
                }

                for (var m = 0; m < prices.Uses.Length; m++)
                {
                    fixed (float* use = prices.Uses[m], slope = prices.Slopes[m])
                    {
                        for (var k = 0; k <= scores.Length - Lanes; k += Lanes)
                        {
                            var price = Avx2.GatherVector256(slope, Avx.LoadVector256(action + first + k), sizeof(float));
                            Fma.MultiplyAddNegated(price, Avx.LoadVector256(use + first + k), Vector256.LoadUnsafe(ref score, (nuint)k)).StoreUnsafe(ref score, (nuint)k);
                        }
                    }
                }
            }
        }

        for (; i < scores.Length; i++)
        {
            var action = actions[first + i];
            var reduced = values[first + i] - prices.Offsets[action];
            for (var m = 0; m < prices.Uses.Length; m++)
            {
                reduced = MathF.FusedMultiplyAdd(-prices.Slopes[m][action], prices.Uses[m][first + i], reduced);
            }

            scores[i] = reduced;
        }
    }

    /// <summary>Greatest score, where it is, and the greatest of the others (−∞ when there is none).</summary>
    /// <param name="scores">At least <paramref name="count"/> rounded up to whole vectors of 8; what lies beyond the count is not looked at.</param>
    /// <param name="count">Number of scores, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (float Best, int At, float Second) TopTwo(ref float scores, int count)
    {
        if (Avx.IsSupported && count <= Lanes)
        {
            var lane = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
            var valid = Vector256.LessThan(lane, Vector256.Create(count)).AsSingle();
            var all = Vector256.ConditionalSelect(valid, Vector256.LoadUnsafe(ref scores), Vector256.Create(float.NegativeInfinity));
            var best = Greatest(all);
            var at = BitOperations.TrailingZeroCount(Vector256.Equals(all, best).ExtractMostSignificantBits());
            var isBest = Vector256.Equals(lane, Vector256.Create(at)).AsSingle();
            var others = Vector256.ConditionalSelect(isBest, Vector256.Create(float.NegativeInfinity), all);
            return (best.ToScalar(), at, Greatest(others).ToScalar());
        }

        var (top, index, second) = (float.NegativeInfinity, 0, float.NegativeInfinity);
        for (var i = 0; i < count; i++)
        {
            var score = Unsafe.Add(ref scores, i);
            if (score > top)
            {
                (second, top, index) = (top, score, i);
            }
            else if (score > second)
            {
                second = score;
            }
        }

        return (top, index, second);
    }

    // All lanes hold the greatest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Greatest(Vector256<float> v)
    {
        v = Avx.Max(v, Avx.Permute2x128(v, v, 1));
        v = Avx.Max(v, Avx.Permute(v, 0b01_00_11_10));
        return Avx.Max(v, Avx.Permute(v, 0b10_11_00_01));
    }
}
