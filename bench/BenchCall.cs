using System.Globalization;

namespace Noah.Bench;

/// <summary>What was asked for, checked.</summary>
/// <param name="Study">Null: list the studies.</param>
/// <param name="Parameters">Given values and defaults.</param>
/// <param name="Json">Whether the last line is JSON.</param>
/// <param name="Report">File that the run is written to as a page; null for none.</param>
internal sealed record BenchCall(IStudy? Study, StudyParameters Parameters, bool Json, string? Report = null)
{
    private const string JsonFlag = "--json", ReportKey = "--report";

    public static BenchCall Parse(IReadOnlyList<string> args)
    {
        var json = args.Contains(JsonFlag);
        List<string> words = [.. args.Where(word => word != JsonFlag)];
        var report = TakeReport(words);
        if (words.Count == 0)
        {
            return new BenchCall(null, StudyParameters.None, json);
        }

        var study = StudyRegistry.All.FirstOrDefault(candidate => candidate.Name == words[0])
            ?? throw new BenchUsageException($"there is no study '{words[0]}'; there are: {string.Join(", ", StudyRegistry.All.Select(known => known.Name))}.");
        var values = study.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.IsChoice ? (object)parameter.Words[(int)parameter.Default] : parameter.Default);
        for (var at = 1; at < words.Count; at++)
        {
            var parameter = study.Parameters.FirstOrDefault(known => "--" + known.Name == words[at])
                ?? throw new BenchUsageException($"{study.Name} has no '{words[at]}'; it has: {Known(study)}.");
            var given = at + 1 < words.Count && !words[at + 1].StartsWith("--", StringComparison.Ordinal);
            var text = given ? words[++at] : parameter.WhenBare ?? throw new BenchUsageException($"{words[at]} needs a value.");
            values[parameter.Name] = parameter.IsChoice ? Word(parameter, text) : Number(parameter, text);
        }
        return new BenchCall(study, new StudyParameters(values), json, report);
    }

    private static string? TakeReport(List<string> words)
    {
        var at = words.IndexOf(ReportKey);
        if (at < 0)
        {
            return null;
        }
        if (at + 1 == words.Count || words[at + 1].StartsWith("--", StringComparison.Ordinal))
        {
            throw new BenchUsageException($"{ReportKey} needs a file.");
        }
        var file = words[at + 1];
        words.RemoveRange(at, 2);
        return file;
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
