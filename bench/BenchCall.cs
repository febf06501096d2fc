using System.Globalization;

namespace Noah.Bench;

/// <summary>What was asked for, checked.</summary>
internal sealed record BenchCall(IStudy? Study, StudyParameters Parameters, bool Json)
{
    private const string JsonFlag = "--json";

    public static BenchCall Parse(IReadOnlyList<string> args)
    {
        var words = args.Where(word => word != JsonFlag).ToArray();
        var json = words.Length < args.Count;
        if (words.Length == 0)
        {
            return new BenchCall(null, StudyParameters.None, json);
        }

        var study = StudyRegistry.All.FirstOrDefault(candidate => candidate.Name == words[0])
            ?? throw new BenchUsageException($"there is no study '{words[0]}'; there are: {string.Join(", ", StudyRegistry.All.Select(known => known.Name))}.");
        var values = study.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.IsChoice ? (object)parameter.Words[(int)parameter.Default] : parameter.Default);
        for (var at = 1; at < words.Length; at++)
        {
            var parameter = study.Parameters.FirstOrDefault(known => "--" + known.Name == words[at])
                ?? throw new BenchUsageException($"{study.Name} has no '{words[at]}'; it has: {Known(study)}.");
            var given = at + 1 < words.Length && !words[at + 1].StartsWith("--", StringComparison.Ordinal);
            var text = given ? words[++at] : parameter.WhenBare ?? throw new BenchUsageException($"{words[at]} needs a value.");
            values[parameter.Name] = parameter.IsChoice ? Word(parameter, text) : Number(parameter, text);
        }
        return new BenchCall(study, new StudyParameters(values), json);
    }

    private static string Word(StudyParameter parameter, string text) => parameter.Words.Contains(text)
        ? text
        : throw new BenchUsageException($"--{parameter.Name} must be {string.Join(" or ", parameter.Words)}, not '{text}'.");

    private static double Number(StudyParameter parameter, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value >= parameter.Least && value <= parameter.Most && (!parameter.Whole || value == Math.Floor(value))
            ? value
            : throw new BenchUsageException(
                $"--{parameter.Name} must be {(parameter.Whole ? "a whole number" : "a number")} in [{StudyText.Number(parameter.Least)}, {StudyText.Number(parameter.Most)}], not '{text}'.");

    private static string Known(IStudy study) =>
        study.Parameters.Count == 0 ? "no parameters" : string.Join(", ", study.Parameters.Select(parameter => "--" + parameter.Name));
}
