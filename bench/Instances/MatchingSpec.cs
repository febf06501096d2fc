namespace Noah.Bench.Instances;

/// <summary>What a matching instance is drawn from.</summary>
/// <param name="Sources">Units.</param>
/// <param name="Destinations">Actions, each with a row of its own.</param>
/// <param name="Density">Expected share of the pairs that are edges.</param>
/// <param name="Seed">Seed.</param>
internal sealed record MatchingSpec(int Sources, int Destinations, double Density, ulong Seed);
