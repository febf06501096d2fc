using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Noah.Bench.Peers;

/// <summary>Debian's scipy (package python3-scipy) on two arms, handed over as files that are removed afterwards:
/// bench/Peers/scipy_mannwhitney.py.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Seconds">Median seconds of one call.</param>
/// <param name="PValue">Its p.</param>
internal sealed record ScipyPeer(string Version, double Seconds, double PValue)
{
    private const string Python = "/usr/bin/python3", Script = "scipy_mannwhitney.py";
    private const double LimitSeconds = 300;

    /// <returns>Null where scipy is not installed.</returns>
    public static ScipyPeer? MannWhitney(double[] first, double[] second, int rounds)
    {
        if (!File.Exists(Python))
        {
            return null;
        }
        var folder = Directory.CreateTempSubdirectory("noah-scipy-").FullName;
        try
        {
            string one = Path.Combine(folder, "first.f64"), other = Path.Combine(folder, "second.f64");
            File.WriteAllBytes(one, MemoryMarshal.AsBytes(first.AsSpan()));
            File.WriteAllBytes(other, MemoryMarshal.AsBytes(second.AsSpan()));
            string[] words = [Path.Combine(AppContext.BaseDirectory, Script), one, other, rounds.ToString(CultureInfo.InvariantCulture)];
            using var process = Process.Start(new ProcessStartInfo(Python, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(LimitSeconds)))
            {
                process.Kill();
            }
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                return errors.GetAwaiter().GetResult().Contains("No module named", StringComparison.Ordinal)
                    ? null
                    : throw new InvalidOperationException($"{Script} failed: {errors.GetAwaiter().GetResult()}");
            }
            var report = JsonDocument.Parse(output.GetAwaiter().GetResult()).RootElement;
            return new ScipyPeer(report.GetProperty("version").GetString()!, report.GetProperty("seconds").GetDouble(), report.GetProperty("p").GetDouble());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
