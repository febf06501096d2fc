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
        FeatureColumn[] columns = [.. features.Select(name => Column(name, profile, random))];
        var cycles = (profile.Cycles ?? new Dictionary<string, CycleProfile>()).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(cycle => FeatureColumn.Cyclic(cycle.Key, Repeat(() => Moment(cycle.Value, random)), cycle.Value.Period));
        return new FeatureTable([.. columns, .. cycles]);
    }

    private static FeatureColumn Column(string feature, ModelProfile profile, Random random) => profile.Numbers.TryGetValue(feature, out var numbers)
        ? FeatureColumn.Numeric(feature, Repeat(() => Number(numbers, random)))
        : profile.Names[feature] is { NamesEach: not null } sets
            ? FeatureColumn.MultiValued(feature, Repeat(() => Set(sets, random)))
            : FeatureColumn.Categorical(feature, Repeat(() => Name(profile.Names[feature], random)));

    private static T[] Repeat<T>(Func<T> draw) => [.. Enumerable.Range(0, Count).Select(_ => draw())];

    // As many names as are usual; where one comes twice there are fewer.
    private static string[]? Set(NameProfile sets, Random random) => Name(sets, random) switch
    {
        null => null,
        NameProfile.None => [],
        var first => [.. Enumerable.Range(1, Math.Max(0, (int)Math.Round(sets.NamesEach!.Value) - 1)).Select(_ => Name(sets, random))
            .Where(name => name is not null and not NameProfile.None).Prepend(first).Select(name => name!).Distinct(StringComparer.Ordinal)],
    };

    private static float Moment(CycleProfile cycle, Random random)
    {
        if (random.NextDouble() < cycle.Missing)
        {
            return float.NaN;
        }

        var left = random.NextDouble();
        var part = Array.FindIndex(cycle.Shares, share => (left -= share) < 0);
        return (Math.Max(0, part) + 0.5f) * cycle.Period / cycle.Shares.Length;
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
