using Noah.Experimentation.Inference;
using Noah.Experimentation.Statistics;

namespace Noah.Experimentation.Multiplicity;

/// <summary>Corrects families of comparisons across metrics and arms.</summary>
public static class FamilyCorrection
{
    /// <summary>Adjusts every comparison within its family.</summary>
    /// <param name="members">All comparisons, in any order.</param>
    /// <param name="method">What is kept small.</param>
    /// <param name="alpha">Level in (0, 1); default 0.05.</param>
    /// <returns>One result per comparison, in the order of the input.</returns>
    /// <exception cref="ArgumentException">A p is outside [0, 1]; the message names the comparison.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is outside (0, 1).</exception>
    public static IReadOnlyList<AdjustedMember> Adjust(IReadOnlyList<FamilyMember> members, MultiplicityMethod method, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(members);
        Require.OpenUnit(alpha);
        foreach (var member in members)
        {
            if (member.PValue is { } p && !(p >= 0 && p <= 1))
            {
                throw new ArgumentException($"'{member.Metric}' of '{member.Arm}' has p = {p}: every p must lie in [0, 1].", nameof(members));
            }
        }

        var results = new AdjustedMember[members.Count];
        foreach (var family in Enumerable.Range(0, members.Count).GroupBy(i => members[i].Family, StringComparer.Ordinal))
        {
            int[] places = [.. family];
            double?[] pValues = [.. places.Select(i => members[i].PValue)];
            var adjusted = method == MultiplicityMethod.Holm
                ? HolmCorrection.Adjust(pValues)
                : FalseDiscoveryRate.Adjust(pValues, method == MultiplicityMethod.BenjaminiYekutieli);
            int size = pValues.Count(p => p is not null), found = adjusted.Count(p => p <= alpha);
            for (var k = 0; k < places.Length; k++)
            {
                var rejected = adjusted[k] <= alpha;
                results[places[k]] = new AdjustedMember(
                    members[places[k]], size, adjusted[k], rejected, pValues[k] is null ? null : 1 - IntervalError(method, alpha, size, found, rejected));
            }
        }

        return results;
    }

    private static double IntervalError(MultiplicityMethod method, double alpha, int size, int found, bool rejected) => method switch
    {
        MultiplicityMethod.Holm => alpha / size,
        _ when !rejected => alpha,
        MultiplicityMethod.BenjaminiHochberg => alpha * found / size,
        _ => alpha * found / (size * FalseDiscoveryRate.Harmonic(size)),
    };
}
