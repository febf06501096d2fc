using Noah.Api.Features.Models.Drift;
using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Scoring;

/// <summary>
/// Members against whom others are explained, drawn from what the profile of a version keeps of each feature: nobody's own row is stored for it. Features
/// are drawn one by one, so that some rows may be of people who can't be.
/// </summary>
internal static class ReferenceMembers
{
    /// <summary>Contributions are means over them; the sampler meets one with each pair of orders.</summary>
    public const int Count = 16;

    private const int Seed = 1;

    public static FeatureTable Draw(ModelProfile profile, IReadOnlyList<string> features)
    {
        var random = new Random(Seed);
        return new FeatureTable([.. features.Select(name => profile.Numbers.TryGetValue(name, out var numbers)
            ? FeatureColumn.Numeric(name, [.. Enumerable.Range(0, Count).Select(_ => Number(numbers, random))])
            : FeatureColumn.Categorical(name, [.. Enumerable.Range(0, Count).Select(_ => Name(profile.Names[name], random))]))]);
    }

    private static float Number(NumberProfile numbers, Random random)
    {
        var (known, place) = (random.NextDouble() >= numbers.Missing, random.NextDouble());
        return known && numbers.Sample.Length > 0 ? (float)numbers.Sample[(int)(place * numbers.Sample.Length)] : float.NaN;
    }

    private static string? Name(NameProfile names, Random random)
    {
        var left = random.NextDouble();
        foreach (var (name, share) in names.Shares.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            left -= share;
            if (left < 0)
            {
                return name == NameProfile.Missing ? null : name;
            }
        }

        return null;
    }
}
