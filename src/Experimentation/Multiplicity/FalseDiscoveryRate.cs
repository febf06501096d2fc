namespace Noah.Experimentation.Multiplicity;

/// <summary>
/// Step-up adjustment that controls the expected share of false findings among the findings (Benjamini and Hochberg 1995), which holds for
/// independent and positively dependent tests; with the harmonic factor under any dependence (Benjamini and Yekutieli 2001).
/// </summary>
public static class FalseDiscoveryRate
{
    /// <summary>Adjusts a family of p values.</summary>
    /// <param name="pValues">p in [0, 1] per test, in any order; null where a test could not be computed, which does not count.</param>
    /// <param name="anyDependence">Whether the harmonic factor is paid; default false.</param>
    /// <returns>Adjusted p in [0, 1] in the input's order, null where the input is null.</returns>
    /// <exception cref="ArgumentException">A p is outside [0, 1]; the message names its index.</exception>
    public static IReadOnlyList<double?> Adjust(ReadOnlySpan<double?> pValues, bool anyDependence = false)
    {
        var known = new List<(double PValue, int Index)>(pValues.Length);
        for (var i = 0; i < pValues.Length; i++)
        {
            if (pValues[i] is { } p)
            {
                known.Add(p >= 0 && p <= 1
                    ? (p, i)
                    : throw new ArgumentException($"Value {i} is {p}: every p must lie in [0, 1].", nameof(pValues)));
            }
        }

        known.Sort();
        var factor = anyDependence ? Harmonic(known.Count) : 1;
        var adjusted = new double?[pValues.Length];
        var running = 1.0;
        for (var rank = known.Count; rank > 0; rank--)
        {
            running = Math.Min(running, factor * known[rank - 1].PValue * known.Count / rank);
            adjusted[known[rank - 1].Index] = running;
        }

        return adjusted;
    }

    /// <summary>1 + 1/2 + … + 1/n.</summary>
    internal static double Harmonic(int n)
    {
        var sum = 0.0;
        for (var i = n; i > 0; i--)
        {
            sum += 1.0 / i;
        }

        return sum;
    }
}
