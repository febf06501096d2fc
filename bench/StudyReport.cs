using System.Globalization;
using System.Text;

namespace Noah.Bench;

/// <summary>A run as the page kept under <c>results</c>: the machine and the command first, because no figure means anything without them.</summary>
internal static class StudyReport
{
    public static string Markdown(IStudy study, StudyParameters parameters, Machine machine, StudyResult result, DateOnly day)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"# {study.Name}").AppendLine();
        page.AppendLine(study.Claim).AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"Machine: {machine} ({day:yyyy-MM-dd}).");
        page.AppendLine(CultureInfo.InvariantCulture, $"Command: `{Command(study, parameters)}`. Parameters: {Parameters(parameters)}.");
        page.AppendLine(result.Passed ? "Passed." : "**Not passed.**").AppendLine();
        page.AppendLine("| Figure | Value | Unit |").AppendLine("|---|---|---|");
        foreach (var figure in result.Figures)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {Cell(figure.Name)} | {StudyText.Number(figure.Value)} | {Cell(figure.Unit)} |");
        }
        if (result.Targets.Count > 0)
        {
            page.AppendLine().AppendLine("| Target | Value | Bound | |").AppendLine("|---|---|---|---|");
            foreach (var target in result.Targets)
            {
                page.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {Cell(target.Name)} | {StudyText.Number(target.Value)} | {target.Comparison} {StudyText.Number(target.Bound)} | {(target.Met ? "met" : "**missed**")} |");
            }
        }
        foreach (var note in result.Notes)
        {
            page.AppendLine().AppendLine(note);
        }
        return page.ToString();
    }

    /// <summary>The command that repeats the run: parameters at their defaults are left out.</summary>
    private static string Command(IStudy study, StudyParameters parameters) => string.Join(
        ' ',
        [
            $"./noah bench {study.Name}",
            .. study.Parameters
                .Where(parameter => !Equals(parameters.Values[parameter.Name], parameter.IsChoice ? parameter.Words[(int)parameter.Default] : parameter.Default))
                .Select(parameter => $"--{parameter.Name} {StudyText.Value(parameters.Values[parameter.Name])}"),
        ]);

    private static string Parameters(StudyParameters parameters) => parameters.Values.Count == 0
        ? "none"
        : string.Join(", ", parameters.Values.Select(pair => $"{pair.Key} = {StudyText.Value(pair.Value)}"));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
