using System.Text.Json;
using Noah.Bench.Peers;

namespace Noah.Bench;

/// <summary><c>[STUDY] [--key value ...] [--flag ...] [--json] [--report FILE]</c>. A wrong argument gives one line and exit code 2; a missed target exit code 1.</summary>
internal static class BenchCommand
{
    private const int Usage = 2;

    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        try
        {
            if (args is [ChildCall.Verb, _, _, ..])
            {
                ChildCall.Answer(args, output);
                return 0;
            }

            var call = BenchCall.Parse(args);
            return call.Study is { } study ? Run(study, call, output) : List(call.Json, output);
        }
        catch (BenchUsageException wrong)
        {
            error.WriteLine($"noah bench: {wrong.Message}");
            return Usage;
        }
    }

    private static int Run(IStudy study, BenchCall call, TextWriter output)
    {
        var machine = Machine.Read();
        output.WriteLine($"{study.Name}: {study.Claim}");
        output.WriteLine($"machine: {machine}");
        output.WriteLine($"parameters: {string.Join(", ", call.Parameters.Values.Select(pair => $"{pair.Key} = {StudyText.Value(pair.Value)}"))}");
        var result = study.Run(call.Parameters);
        foreach (var figure in result.Figures)
        {
            output.WriteLine($"  {figure.Name,-44} {StudyText.Number(figure.Value),14}  {figure.Unit}");
        }

        foreach (var target in result.Targets)
        {
            output.WriteLine($"  {(target.Met ? "met   " : "MISSED")} {target.Name}: {StudyText.Number(target.Value)} {target.Comparison} {StudyText.Number(target.Bound)}");
        }

        foreach (var note in result.Notes)
        {
            output.WriteLine($"  note: {note}");
        }

        output.WriteLine(result.Passed ? "passed" : "NOT PASSED");
        if (call.Report is { } file)
        {
            File.WriteAllText(file, StudyReport.Markdown(study, call.Parameters, machine, result, DateOnly.FromDateTime(DateTime.UtcNow)));
        }
        if (call.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(StudyText.Report(study, call.Parameters, machine, result), StudyText.Json));
        }

        return result.Passed ? 0 : 1;
    }

    private static int List(bool json, TextWriter output)
    {
        foreach (var study in StudyRegistry.All)
        {
            output.WriteLine($"{study.Name,-24} {study.Claim}");
        }

        if (json)
        {
            var studies = StudyRegistry.All.Select(study => new { name = study.Name, claim = study.Claim, parameters = study.Parameters });
            output.WriteLine(JsonSerializer.Serialize(new { studies }, StudyText.Json));
        }
        return 0;
    }
}
