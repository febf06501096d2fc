namespace Noah.Optimization.Programs;

/// <summary>The checks of the border: each message names the unit or the row at fault.</summary>
internal static class ProgramValidation
{
    // Below this many edges a pairwise scan for duplicates beats a set.
    private const int SmallUnit = 16;

    public static void CheckBounds(string row, double? lower, double? upper)
    {
        if (lower is { } l && !(double.IsFinite(l) && l >= 0))
        {
            throw new ArgumentException($"Row '{row}': lower bound {l} must be finite and at least 0, or null for none.", nameof(lower));
        }

        if (upper is { } u && !(double.IsFinite(u) && u >= 0))
        {
            throw new ArgumentException($"Row '{row}': upper bound {u} must be finite and at least 0, or null for none.", nameof(upper));
        }

        if (lower > upper)
        {
            throw new ArgumentException($"Row '{row}': lower bound {lower} exceeds upper bound {upper}.", nameof(lower));
        }
    }

    public static void CheckUnits(ReadOnlySpan<int> rowStart, ReadOnlySpan<int> actions, ReadOnlySpan<double> values, ReadOnlySpan<int> caps)
    {
        HashSet<int>? seen = null;
        for (var unit = 0; unit < rowStart.Length - 1; unit++)
        {
            var (first, end) = (rowStart[unit], rowStart[unit + 1]);
            if (end < first || end > actions.Length)
            {
                throw new ArgumentException($"Unit {unit}: row start must ascend from 0 to the number of edges, got {first} to {end}.", nameof(rowStart));
            }

            if (caps[unit] < 0)
            {
                throw new ArgumentException($"Unit {unit}: frequency cap {caps[unit]} must be at least 0.", nameof(caps));
            }

            for (var edge = first; edge < end; edge++)
            {
                if (!double.IsFinite(values[edge]))
                {
                    throw new ArgumentException($"Unit {unit}, action {actions[edge]}: value {values[edge]} must be finite.", nameof(values));
                }

                if (actions[edge] < 0)
                {
                    throw new ArgumentException($"Unit {unit}: action {actions[edge]} must be at least 0.", nameof(actions));
                }
            }

            if (HasDuplicate(actions[first..end], ref seen, out var duplicate))
            {
                throw new ArgumentException($"Unit {unit}: action {duplicate} occurs twice.", nameof(actions));
            }
        }
    }

    public static void CheckCoefficients(string row, ReadOnlySpan<int> edges, ReadOnlySpan<double> coefficients, int edgeCount)
    {
        for (var i = 0; i < edges.Length; i++)
        {
            if (edges[i] < 0 || edges[i] >= edgeCount)
            {
                throw new ArgumentException($"Row '{row}': edge {edges[i]} is outside [0, {edgeCount}).", nameof(edges));
            }

            if (i > 0 && edges[i] <= edges[i - 1])
            {
                throw new ArgumentException($"Row '{row}': edges must ascend without repetition, got {edges[i]} after {edges[i - 1]}.", nameof(edges));
            }

            if (!(double.IsFinite(coefficients[i]) && coefficients[i] >= 0))
            {
                throw new ArgumentException(
                    $"Row '{row}': coefficient {coefficients[i]} of edge {edges[i]} must be finite and at least 0.", nameof(coefficients));
            }
        }
    }

    private static bool HasDuplicate(ReadOnlySpan<int> actions, ref HashSet<int>? seen, out int duplicate)
    {
        duplicate = 0;
        if (actions.Length <= SmallUnit)
        {
            for (var i = 1; i < actions.Length; i++)
            {
                if (actions[..i].Contains(actions[i]))
                {
                    duplicate = actions[i];
                    return true;
                }
            }

            return false;
        }

        seen ??= [];
        seen.Clear();
        foreach (var action in actions)
        {
            if (!seen.Add(action))
            {
                duplicate = action;
                return true;
            }
        }

        return false;
    }
}
