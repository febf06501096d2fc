namespace Noah.Api.Features.Models.Drift;

/// <summary>What the features and scores of a version looked like when it was trained: enough to tell later whether they have moved.</summary>
/// <param name="Members">Members behind it.</param>
/// <param name="Numbers">By name, of numeric features and of scores.</param>
/// <param name="Names">By name, of categorical features.</param>
internal sealed record ModelProfile(int Members, IReadOnlyDictionary<string, NumberProfile> Numbers, IReadOnlyDictionary<string, NameProfile> Names)
{
    /// <summary>Name of the stored artifact.</summary>
    public const string Artifact = "profile";

    /// <summary>Prefix of the scores among the names.</summary>
    public const string ScorePrefix = "score:";
}

/// <param name="Sample">Values at evenly spaced ranks, ascending; empty when all are missing.</param>
/// <param name="Missing">Share of members without a value.</param>
internal sealed record NumberProfile(double[] Sample, double Missing);

/// <param name="Shares">Share of each frequent name; the rest and the missing have entries of their own.</param>
internal sealed record NameProfile(IReadOnlyDictionary<string, double> Shares)
{
    public const string Others = "(others)";
    public const string Missing = "(missing)";
}
