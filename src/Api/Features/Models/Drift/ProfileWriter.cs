using Noah.Prediction.Features;

namespace Noah.Api.Features.Models.Drift;

/// <summary>Draws the profile of a table of members and of how a version scores them.</summary>
internal static class ProfileWriter
{
    private const int SampleSize = 1_000;
    private const int MostNames = 30;

    public static ModelProfile Write(FeatureTable features, Predictors predictors, ModelSpecification specification)
    {
        var numbers = new Dictionary<string, NumberProfile>(StringComparer.Ordinal);
        var names = new Dictionary<string, NameProfile>(StringComparer.Ordinal);
        foreach (var column in features.Columns)
        {
            if (column.Spec.Kind == FeatureKind.Numeric)
            {
                numbers[column.Spec.Name] = Number(column.Numbers);
            }
            else
            {
                names[column.Spec.Name] = Name(column.Names);
            }
        }

        foreach (var (name, values) in Scores(features, predictors, specification))
        {
            numbers[ModelProfile.ScorePrefix + name] = Number(values);
        }

        return new ModelProfile(features.Rows, numbers, names);
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
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            var name = value ?? NameProfile.Missing;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        var rows = values.Length;
        var ordered = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var shares = ordered.Take(MostNames).ToDictionary(pair => pair.Key, pair => (double)pair.Value / rows, StringComparer.Ordinal);
        if (ordered.Length > MostNames)
        {
            shares[NameProfile.Others] = 1 - shares.Values.Sum();
        }

        return new NameProfile(shares);
    }
}
