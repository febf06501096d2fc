namespace Noah.Experimentation.Inference;

/// <summary>Holm's step-down correction (1979): controls the probability of any false finding under any dependence.</summary>
public static class HolmCorrection
{
    /// <summary>Adjusts a family of p values.</summary>
    /// <param name="pValues">p in [0, 1] per test, in any order; null where a test could not be computed, which does not count.</param>
    /// <returns>Adjusted p in [0, 1] in the input's order, null where the input is null.</returns>
    /// <exception cref="ArgumentException">A p is outside [0, 1]; the message names its index.</exception>
    public static IReadOnlyList<double?> Adjust(ReadOnlySpan<double?> pValues)
    {
        var known = new List<(double PValue, int Index)>(pValues.Length);
        for (var i = 0; i < pValues.Length; i++)
        {
            if (pValues[i] is not { } p)
            {
                continue;
            }

            if (!(p >= 0 && p <= 1))
            {
                throw new ArgumentException($"Value {i} is {p}: every p must lie in [0, 1].", nameof(pValues));
            }

            known.Add((p, i));
        }

        known.Sort();
        var adjusted = new double?[pValues.Length];
        var running = 0.0;
        for (var rank = 0; rank < known.Count; rank++)
        {
            running = Math.Max(running, Math.Min(1, known[rank].PValue * (known.Count - rank)));
            adjusted[known[rank].Index] = running;
        }

        return adjusted;
    }
}
