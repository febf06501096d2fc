using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Draws the profile of a table of members and of how a version scores them.</summary>
internal static class ProfileWriter
{
    private const int SampleSize = 1_000;
    private const int MostNames = 30;

    /// <summary>Months of a year, pairs of hours of a day.</summary>
    private const int PartsOfCycle = 12;

    public static ModelProfile Write(FeatureTable features, Predictors predictors, ModelSpecification specification)
    {
        var numbers = new Dictionary<string, NumberProfile>(StringComparer.Ordinal);
        var names = new Dictionary<string, NameProfile>(StringComparer.Ordinal);
        var cycles = new Dictionary<string, CycleProfile>(StringComparer.Ordinal);
        foreach (var column in features.Columns)
        {
            switch (column.Spec.Kind)
            {
                case FeatureKind.Numeric:
                    numbers[column.Spec.Name] = Number(column.Numbers);
                    break;
                case FeatureKind.Cyclic:
                    cycles[column.Spec.Name] = Cycle(column.Numbers, column.Spec.Period!.Value);
                    break;
                case FeatureKind.Categorical:
                    names[column.Spec.Name] = Name(column.Names);
                    break;
                default:
                    names[column.Spec.Name] = Set(column.NameSets);
                    break;
            }
        }

        foreach (var (name, values) in Scores(features, predictors, specification))
        {
            numbers[ModelProfile.ScorePrefix + name] = Number(values);
        }

        return new ModelProfile(features.Rows, numbers, names, cycles);
    }

    // Without any action, so that what is compared is the members and not the mix of actions.
    private static IEnumerable<(string Name, float[] Values)> Scores(FeatureTable features, Predictors predictors, ModelSpecification specification)
    {
        foreach (var (outcome, name) in specification.Responses.Index())
        {
            yield return (name, predictors.Response!.Predict(features, 0, outcome));
        }

        if (predictors.Value is { } value)
        {
            yield return (specification.Value!, [.. value.Predict(features, 0).Select(prediction => (float)prediction.Mean)]);
        }
    }

    private static NumberProfile Number(ReadOnlySpan<float> values)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                known.Add(value);
            }
        }

        known.Sort();
        var size = Math.Min(SampleSize, known.Count);
        return new NumberProfile(
            [.. Enumerable.Range(0, size).Select(i => known[(int)((i + 0.5) * known.Count / size)])],
            values.Length == 0 ? 0 : 1 - ((double)known.Count / values.Length));
    }

    private static NameProfile Name(ReadOnlySpan<string?> values)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            Add(weights, value ?? NameProfile.Missing, 1);
        }

        return new NameProfile(Shares(weights, values.Length));
    }

    private static NameProfile Set(ReadOnlySpan<string[]?> values)
    {
        var (weights, held, sets) = (new Dictionary<string, double>(StringComparer.Ordinal), 0, 0);
        foreach (var value in values)
        {
            string[] names = value is null ? [NameProfile.Missing] : value.Length == 0 ? [NameProfile.None] : [.. value.Distinct(StringComparer.Ordinal)];
            Array.ForEach(names, name => Add(weights, name, 1.0 / names.Length));
            if (value is { Length: > 0 })
            {
                (held, sets) = (held + names.Length, sets + 1);
            }
        }

        return new NameProfile(Shares(weights, values.Length), sets == 0 ? 0 : (double)held / sets);
    }

    private static CycleProfile Cycle(ReadOnlySpan<float> values, float period)
    {
        var (shares, known) = (new double[PartsOfCycle], 0);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                shares[Math.Min(PartsOfCycle - 1, (int)(PartsOfCycle * (value / period)))]++;
                known++;
            }
        }

        return new CycleProfile(period, Array.ConvertAll(shares, count => count / Math.Max(1, known)), values.Length == 0 ? 0 : 1 - ((double)known / values.Length));
    }

    private static void Add(Dictionary<string, double> weights, string name, double weight) => weights[name] = weights.GetValueOrDefault(name) + weight;

    private static Dictionary<string, double> Shares(Dictionary<string, double> weights, int rows)
    {
        var ordered = weights.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var shares = ordered.Take(MostNames).ToDictionary(pair => pair.Key, pair => pair.Value / rows, StringComparer.Ordinal);
        if (ordered.Length > MostNames)
        {
            shares[NameProfile.Others] = 1 - shares.Values.Sum();
        }

        return shares;
    }
}
