using Noah.Optimization.Programs;

namespace Noah.Optimization.Rounding;

/// <summary>
/// Systematic sampling inside one unit: one uniform number chooses a set of edges with the given inclusion probabilities, exactly, and
/// never more than the rounded-up sum of them (Madow 1949). With cap 1 this is the inverse distribution function over its edges and "no
/// action".
/// </summary>
internal static class UnitOutcomes
{
    // A running sum this near to an integer is one: otherwise round-off could let a cap be exceeded.
    private const double Snap = 1e-9;

    /// <summary>Marks the edges that the uniform number chooses.</summary>
    public static void Choose(ReadOnlySpan<double> probabilities, double uniform, Span<bool> chosen)
    {
        var before = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var after = SnapToInteger(before + probabilities[i]);
            // The points uniform, uniform + 1, … are laid on the line; the edge owns [before, after) and is chosen when a point falls
            // there. Counted rather than compared, so that round-off cannot give one point to two edges.
            chosen[i] = PointsBelow(after, uniform) > PointsBelow(before, uniform);
            before = after;
        }
    }

    /// <summary>All sets that can be chosen, with their probabilities; "no action" only when it can happen.</summary>
    public static List<(double Probability, bool[] Chosen)> Enumerate(ReadOnlySpan<double> probabilities)
    {
        var cuts = new List<double> { 0, 1 };
        var sum = 0.0;
        foreach (var probability in probabilities)
        {
            sum = SnapToInteger(sum + probability);
            cuts.Add(sum - Math.Floor(sum));
        }

        cuts.Sort();
        var outcomes = new List<(double, bool[])>();
        for (var i = 1; i < cuts.Count; i++)
        {
            var length = cuts[i] - cuts[i - 1];
            if (length > 0)
            {
                var chosen = new bool[probabilities.Length];
                Choose(probabilities, cuts[i - 1] + (length / 2), chosen);
                outcomes.Add((length, chosen));
            }
        }

        return outcomes;
    }

    /// <summary>Probability of exactly this set.</summary>
    public static double ProbabilityOf(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> chosen)
    {
        var total = 0.0;
        foreach (var (probability, set) in Enumerate(probabilities))
        {
            total += chosen.SequenceEqual(set) ? probability : 0;
        }

        return total;
    }

    public static Range EdgesOf(AllocationProgram program, int unit) => program.RowStart[unit]..program.RowStart[unit + 1];

    private static double PointsBelow(double end, double uniform) => Math.Max(0, Math.Ceiling(end - uniform));

    private static double SnapToInteger(double sum)
    {
        var nearest = Math.Round(sum);
        return Math.Abs(sum - nearest) <= Snap ? nearest : sum;
    }
}
