namespace Noah.Api.Features.Models.Drift;

/// <summary>How far members have moved from those that a version learnt from.</summary>
/// <param name="Status"><c>stable</c>, <c>moderate</c>, <c>major</c>, or <c>tooFew</c> members to tell: the worst of the items.</param>
/// <param name="Members">Members looked at.</param>
/// <param name="Items">Each feature and score, those that moved most first.</param>
internal sealed record DriftReport(string Status, int Members, IReadOnlyList<DriftItem> Items)
{
    public const string Stable = "stable";
    public const string Moderate = "moderate";
    public const string Major = "major";
    public const string TooFew = "tooFew";

    public static DriftReport Of(int members, IEnumerable<DriftItem> items)
    {
        var ordered = items.OrderByDescending(item => item.StabilityIndex ?? -1).ThenBy(item => item.Name, StringComparer.Ordinal).ToArray();
        var status = new[] { Major, Moderate, Stable }.FirstOrDefault(level => ordered.Any(item => item.Status == level)) ?? TooFew;
        return new DriftReport(status, members, ordered);
    }
}

/// <param name="Name">Feature, or outcome whose score it is.</param>
/// <param name="Kind"><c>feature</c> or <c>score</c>.</param>
/// <param name="Status"><c>stable</c> (index below 0.1, or not beyond chance), <c>moderate</c>, <c>major</c> (0.25 and more) or <c>tooFew</c>.</param>
/// <param name="StabilityIndex">Population stability index, ≥ 0: over tenths of numbers, over names, by which a set counts in parts, or over twelfths of a circle; missing values count as a group.</param>
/// <param name="Distance">Kolmogorov-Smirnov distance of numbers, in [0, 1].</param>
/// <param name="PValue">Of that distance.</param>
internal sealed record DriftItem(string Name, string Kind, string Status, double? StabilityIndex = null, double? Distance = null, double? PValue = null);
