using System.Text.RegularExpressions;
using Noah.Cli.LocalServices;

namespace Noah.Cli.Checks;

/// <summary>Finds links of the documentation that lead nowhere, and a README without the two commands.</summary>
internal static partial class DocsCheck
{
    private static readonly string[] Commands = ["./noah demo", "./noah test"];

    /// <summary>One line for each fault; empty when there is none.</summary>
    public static IReadOnlyList<string> Faults(Checkout checkout)
    {
        var readme = checkout.PathOf("README.md");
        if (!File.Exists(readme))
        {
            return ["README.md is missing."];
        }

        var docs = checkout.PathOf("docs");
        var pages = Directory.Exists(docs) ? Directory.EnumerateFiles(docs, "*.md", SearchOption.AllDirectories) : [];
        var contributing = checkout.PathOf("CONTRIBUTING.md");
        var text = File.ReadAllText(readme);
        return
        [
            .. Commands.Where(command => !text.Contains(command, StringComparison.Ordinal)).Select(command => $"README.md does not name {command}."),
            .. new[] { readme, contributing }.Where(File.Exists).Concat(pages.Order(StringComparer.Ordinal)).SelectMany(page => BrokenLinks(checkout, page)),
        ];
    }

    private static IEnumerable<string> BrokenLinks(Checkout checkout, string page)
    {
        // What stands in code is an example, not a link.
        var text = Code().Replace(File.ReadAllText(page), "");
        foreach (var match in Link().Matches(text).Cast<Match>())
        {
            var target = Uri.UnescapeDataString(match.Groups["target"].Value.Split('#')[0].Trim('<', '>'));
            if (target.Length == 0 || Scheme().IsMatch(target))
            {
                continue;
            }

            var path = target[0] == '/' ? checkout.PathOf(target[1..]) : Path.Combine(Path.GetDirectoryName(page)!, target);
            if (!File.Exists(path) && !Directory.Exists(path))
            {
                yield return $"{Path.GetRelativePath(checkout.Root, page)}: {target} does not exist.";
            }
        }
    }

    [GeneratedRegex(@"(?s)```.*?```|`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex("""\]\((?<target><[^>]+>|[^)\s]+)(\s+"[^"]*")?\)|^\[[^\]]+\]:\s*(?<target>\S+)|(src|href)="(?<target>[^"]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();
}
