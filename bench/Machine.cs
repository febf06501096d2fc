using System.Globalization;
using System.Runtime.InteropServices;

namespace Noah.Bench;

/// <summary>The machine of a run: without it a figure means nothing.</summary>
internal sealed record Machine(int Cores, string Processor, double MemoryGiB, string System, string Runtime, double LoadAverage)
{
    public static Machine Read() => new(
        Environment.ProcessorCount,
        Field("/proc/cpuinfo", "model name"),
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Cores} cores, {Processor}, {MemoryGiB} GiB, {System}, {Runtime}, load {LoadAverage}");

    private static string Field(string file, string name) => File.ReadLines(file)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
        .FirstOrDefault() ?? "unknown";
}
