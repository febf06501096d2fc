using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Noah.Bench.Peers;

/// <summary>
/// <c>--peer ROLE STUDY --key value ...</c>: this program again as a child, which prints its report as the only line of its output.
/// </summary>
internal static class ChildCall
{
    public const string Verb = "--peer";

    // Measured numbers may be missing; JSON has no NaN of its own.
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>In the child.</summary>
    public static void Answer(IReadOnlyList<string> args, TextWriter output)
    {
        var call = BenchCall.Parse([.. args.Skip(2)]);
        var report = ((IChildStudy)call.Study!).RunChild(args[1], call.Parameters);
        output.WriteLine(JsonSerializer.Serialize(report, report.GetType(), Json));
    }

    /// <summary>In the parent: runs a child and waits.</summary>
    /// <param name="role">As of <see cref="IChildStudy.RunChild"/>.</param>
    /// <param name="study">The study.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="limitSeconds">Time after which the child is killed.</param>
    /// <returns>The report; null when the child failed or was killed.</returns>
    public static T? Ask<T>(string role, IStudy study, StudyParameters parameters, double limitSeconds)
        where T : class
    {
        using var child = new Process { StartInfo = Start(role, study, parameters) };
        child.Start();
        var output = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(TimeSpan.FromSeconds(limitSeconds)))
        {
            child.Kill();
            child.WaitForExit();
        }

        var lines = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return child.ExitCode == 0 && lines.Length > 0 ? JsonSerializer.Deserialize<T>(lines[^1], Json) : null;
    }

    private static ProcessStartInfo Start(string role, IStudy study, StudyParameters parameters)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildCall).Assembly.Location);
        }

        string[] words = [Verb, role, study.Name, .. parameters.Values.SelectMany(pair => new[] { "--" + pair.Key, Text(pair.Value) })];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        return start;
    }

    private static string Text(object value) => value is double number ? number.ToString("R", CultureInfo.InvariantCulture) : (string)value;
}
