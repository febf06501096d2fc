namespace Noah.Api.Features.Models.Drift;

/// <summary>What the features and scores of a version looked like when it was trained: enough to tell later whether they have moved.</summary>
/// <param name="Members">Members behind it.</param>
/// <param name="Numbers">By name, of numeric features and of scores.</param>
/// <param name="Names">By name, of categorical features and of sets of names.</param>
/// <param name="Cycles">By name, of cyclic features; null for versions that were trained before there were any.</param>
internal sealed record ModelProfile(int Members, IReadOnlyDictionary<string, NumberProfile> Numbers, IReadOnlyDictionary<string, NameProfile> Names, IReadOnlyDictionary<string, CycleProfile>? Cycles = null)
{
    /// <summary>Name of the stored artifact.</summary>
    public const string Artifact = "profile";

    /// <summary>Prefix of the scores among the names.</summary>
    public const string ScorePrefix = "score:";
}

/// <param name="Sample">Values at evenly spaced ranks, ascending; empty when all are missing.</param>
/// <param name="Missing">Share of members without a value.</param>
internal sealed record NumberProfile(double[] Sample, double Missing);

/// <param name="Shares">
/// Share of each frequent name; the rest and the missing have entries of their own. Of sets a member counts once in all, each name by its part; the
/// empty set is a name of its own.
/// </param>
/// <param name="NamesEach">Names in a set that is not empty, on average; null for single names.</param>
internal sealed record NameProfile(IReadOnlyDictionary<string, double> Shares, double? NamesEach = null)
{
    public const string None = "(none)";
    public const string Others = "(others)";
    public const string Missing = "(missing)";
}

/// <param name="Period">Length of the circle.</param>
/// <param name="Shares">Share of the members in each part of it, all as long; the missing are left out.</param>
/// <param name="Missing">Share of members without a value.</param>
internal sealed record CycleProfile(float Period, double[] Shares, double Missing);
