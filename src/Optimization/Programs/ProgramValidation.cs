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

    /// <returns>One more than the greatest action.</returns>
    public static int CheckUnits(int[] rowStart, int[] actions, float[] values)
    {
        HashSet<int>? seen = null;
        var greatest = -1;
        for (var unit = 0; unit < rowStart.Length - 1; unit++)
        {
            var (first, end) = (rowStart[unit], rowStart[unit + 1]);
            if (end < first || end > actions.Length)
            {
                throw new ArgumentException($"Unit {unit}: row start must ascend from 0 to the number of edges, got {first} to {end}.", nameof(rowStart));
            }

            for (var edge = first; edge < end; edge++)
            {
                if (!float.IsFinite(values[edge]))
                {
                    throw new ArgumentException($"Unit {unit}, action {actions[edge]}: value {values[edge]} must be finite in single precision.", nameof(values));
                }

                if (actions[edge] < 0)
                {
                    throw new ArgumentException($"Unit {unit}: action {actions[edge]} must be at least 0.", nameof(actions));
                }

                greatest = Math.Max(greatest, actions[edge]);
            }

            if (HasDuplicate(actions.AsSpan(first, end - first), ref seen, out var duplicate))
            {
                throw new ArgumentException($"Unit {unit}: action {duplicate} occurs twice.", nameof(actions));
            }
        }

        return greatest + 1;
    }

    public static void CheckMeasure(string name, float[] perEdge)
    {
        for (var edge = 0; edge < perEdge.Length; edge++)
        {
            if (!(float.IsFinite(perEdge[edge]) && perEdge[edge] >= 0))
            {
                throw new ArgumentException($"Measure '{name}': use {perEdge[edge]} of edge {edge} must be finite and at least 0.", nameof(perEdge));
            }
        }
    }

    public static void CheckMeasure(string name, double[] perAction, int actions)
    {
        if (perAction.Length < actions)
        {
            throw new ArgumentException($"Measure '{name}': {perAction.Length} uses for {actions} actions.", nameof(perAction));
        }

        for (var action = 0; action < perAction.Length; action++)
        {
            if (!(double.IsFinite(perAction[action]) && perAction[action] >= 0))
            {
                throw new ArgumentException($"Measure '{name}': use {perAction[action]} of action {action} must be finite and at least 0.", nameof(perAction));
            }
        }
    }

    /// <returns>The actions in ascending order.</returns>
    public static int[] CheckedActions(string row, int[] actions)
    {
        var ordered = (int[])actions.Clone();
        Array.Sort(ordered);
        for (var i = 0; i < ordered.Length; i++)
        {
            if (ordered[i] < 0 || (i > 0 && ordered[i] == ordered[i - 1]))
            {
                throw new ArgumentException($"Row '{row}': action {ordered[i]} is negative or repeated.", nameof(actions));
            }
        }

        return ordered;
    }

    public static void CheckCoefficients(string row, int[]? edges, double[] coefficients, int edgeCount)
    {
        for (var i = 0; i < coefficients.Length; i++)
        {
            var edge = edges?[i] ?? i;
            if (edge < 0 || edge >= edgeCount)
            {
                throw new ArgumentException($"Row '{row}': edge {edge} is outside [0, {edgeCount}).", nameof(edges));
            }

            if (edges is not null && i > 0 && edge <= edges[i - 1])
            {
                throw new ArgumentException($"Row '{row}': edges must ascend without repetition, got {edge} after {edges[i - 1]}.", nameof(edges));
            }

            if (!(float.IsFinite((float)coefficients[i]) && coefficients[i] >= 0))
            {
                throw new ArgumentException(
                    $"Row '{row}': coefficient {coefficients[i]} of edge {edge} must be finite in single precision and at least 0.", nameof(coefficients));
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
