using System.Text.RegularExpressions;

namespace Noah.Api.Tests.Journeys;

/// <summary>
/// A file of HTTP requests as editors run it: blocks parted by ###, <c>@name = value</c>, <c># @name label</c>, a body in place or
/// <c>&lt; ./file</c>, and {{variables}} that may look into the response of a labelled request.
/// </summary>
internal sealed partial class HttpFile
{
    internal sealed record Request(string Title, string? Label, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, string Body);

    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    public required IReadOnlyList<Request> Requests { get; init; }

    public static HttpFile Read(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var text = File.ReadAllText(path);
        return new HttpFile
        {
            Variables = Variable().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Trim()),
            Requests = [.. Separator().Split(text).Skip(1).Select(block => Parse(block, folder))],
        };
    }

    /// <summary>Replaces each {{name}} by what <paramref name="resolve"/> makes of it.</summary>
    public static string Fill(string text, Func<string, string> resolve) => Placeholder().Replace(text, match => resolve(match.Groups[1].Value.Trim()));

    private static Request Parse(string block, string folder)
    {
        var lines = block.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var title = lines[0].Trim();
        var label = lines.Select(line => Label().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value;
        var start = lines.FindIndex(1, line => line.Length > 0 && line[0] is not ('#' or '@'));
        var end = lines.FindIndex(start, line => line.Length == 0);
        end = end < 0 ? lines.Count : end;
        var (method, target) = (lines[start].Split(' ', 2)[0], lines[start].Split(' ', 2)[1].Trim());
        var headers = lines[(start + 1)..end].Select(line => (line.Split(':', 2)[0], line.Split(':', 2)[1].Trim())).ToList();
        var body = string.Join('\n', lines[end..]).Trim();
        return new Request(title, label, method, target, headers, body.StartsWith("< ", StringComparison.Ordinal) ? File.ReadAllText(Path.Combine(folder, body[2..].Trim())) : body);
    }

    [GeneratedRegex(@"^@([\w-]+)\s*=\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^#\s*@name\s+(\w+)\s*$")]
    private static partial Regex Label();

    [GeneratedRegex("^###", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\{\{([^{}]+)\}\}")]
    private static partial Regex Placeholder();
}
