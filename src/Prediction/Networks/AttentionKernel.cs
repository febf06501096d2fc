using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Noah.Prediction.Networks;

/// <summary>
/// <see cref="AttentionMix"/> and its gradient row by row on the processor: a row's tokens stay in registers and the first cache, where batched
/// products of 4 × 4 matrices walk over the batch a dozen times: a seventh of a Residual DCN's training went into those, a twentieth into this.
/// </summary>
internal readonly struct AttentionKernel(int tokens, int width, float scale, float gain)
{
    private readonly int _tokens = tokens, _width = width;
    private readonly float _scale = scale, _gain = gain;

    /// <param name="mapped">[rows × 3 · rank]: queries, keys, values.</param>
    /// <param name="mixed">[rows × rank], written.</param>
    /// <param name="attention">[rows × tokens²], written.</param>
    public void Forward(ReadOnlySpan<float> mapped, Span<float> mixed, Span<float> attention)
    {
        int rank = _tokens * _width, scores = _tokens * _tokens;
        for (int row = 0; row * rank < mixed.Length; row++)
        {
            ref float query = ref At(mapped, row * 3 * rank), result = ref At(mixed, row * rank);
            ref float key = ref Unsafe.Add(ref query, rank), value = ref Unsafe.Add(ref query, 2 * rank);
            var shares = attention.Slice(row * scores, scores);
            for (int t = 0; t < _tokens; t++)
            {
                for (int u = 0; u < _tokens; u++)
                {
                    shares[t * _tokens + u] = _scale * Dot(ref Token(ref query, t), ref Token(ref key, u));
                }
                Softmax(shares.Slice(t * _tokens, _tokens));
            }
            for (int t = 0; t < _tokens; t++)
            {
                ref float own = ref Token(ref result, t);
                Copy(ref Token(ref value, t), ref own);
                for (int u = 0; u < _tokens; u++)
                {
                    AddTimes(_gain * shares[t * _tokens + u], ref Token(ref value, u), ref own);
                }
            }
        }
    }

    /// <param name="mapped">Of <see cref="Forward"/>.</param>
    /// <param name="attention">That it wrote.</param>
    /// <param name="gradient">[rows × rank], of what it wrote.</param>
    /// <param name="ofMapped">[rows × 3 · rank], written.</param>
    /// <returns>The gradient of the gain.</returns>
    public double Backward(ReadOnlySpan<float> mapped, ReadOnlySpan<float> attention, ReadOnlySpan<float> gradient, Span<float> ofMapped)
    {
        int rank = _tokens * _width, scores = _tokens * _tokens;
        Span<float> products = stackalloc float[_tokens];
        ofMapped.Clear();
        double ofGain = 0;
        for (int row = 0; row * rank < gradient.Length; row++)
        {
            ref float query = ref At(mapped, row * 3 * rank), ofQuery = ref At(ofMapped, row * 3 * rank), outer = ref At(gradient, row * rank);
            ref float key = ref Unsafe.Add(ref query, rank), value = ref Unsafe.Add(ref query, 2 * rank);
            ref float ofKey = ref Unsafe.Add(ref ofQuery, rank), ofValue = ref Unsafe.Add(ref ofQuery, 2 * rank);
            for (int t = 0; t < _tokens; t++)
            {
                var shares = attention.Slice(row * scores + t * _tokens, _tokens);
                ref float own = ref Token(ref outer, t);
                AddTimes(1, ref own, ref Token(ref ofValue, t));
                float mean = 0;
                for (int u = 0; u < _tokens; u++)
                {
                    products[u] = Dot(ref own, ref Token(ref value, u));
                    mean += shares[u] * products[u];
                    AddTimes(_gain * shares[u], ref own, ref Token(ref ofValue, u));
                }
                ofGain += mean;
                for (int u = 0; u < _tokens; u++)
                {
                    // The softmax's gradient, with the factors of the way out and in.
                    float ofScore = _gain * _scale * shares[u] * (products[u] - mean);
                    AddTimes(ofScore, ref Token(ref key, u), ref Token(ref ofQuery, t));
                    AddTimes(ofScore, ref Token(ref query, t), ref Token(ref ofKey, u));
                }
            }
        }
        return ofGain;
    }

    private static ref float At(ReadOnlySpan<float> values, int place) => ref Unsafe.Add(ref MemoryMarshal.GetReference(values), place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref float Token(ref float first, int token) => ref Unsafe.Add(ref first, token * _width);

    private static void Softmax(Span<float> scores)
    {
        float highest = scores[0], sum = 0;
        foreach (float score in scores)
        {
            highest = MathF.Max(highest, score);
        }
        for (int u = 0; u < scores.Length; u++)
        {
            scores[u] = MathF.Exp(scores[u] - highest);
            sum += scores[u];
        }
        for (int u = 0; u < scores.Length; u++)
        {
            scores[u] /= sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Dot(ref float a, ref float b)
    {
        var sums = Vector128<float>.Zero;
        float rest = 0;
        int i = 0;
        for (; i <= _width - 4; i += 4)
        {
            sums += Vector128.LoadUnsafe(ref a, (nuint)i) * Vector128.LoadUnsafe(ref b, (nuint)i);
        }
        for (; i < _width; i++)
        {
            rest += Unsafe.Add(ref a, i) * Unsafe.Add(ref b, i);
        }
        return Vector128.Sum(sums) + rest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTimes(float factor, ref float source, ref float target)
    {
        int i = 0;
        for (; i <= _width - 8; i += 8)
        {
            (Vector256.LoadUnsafe(ref target, (nuint)i) + factor * Vector256.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
        }
        for (; i < _width; i++)
        {
            Unsafe.Add(ref target, i) += factor * Unsafe.Add(ref source, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(ref float source, ref float target) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, _width).CopyTo(MemoryMarshal.CreateSpan(ref target, _width));
}
