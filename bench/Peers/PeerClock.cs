using System.Diagnostics;

namespace Noah.Bench.Peers;

/// <summary>Wall and processor time since it was made.</summary>
internal sealed class PeerClock
{
    private readonly Stopwatch _wall = Stopwatch.StartNew();
    private readonly double _cpuBefore = Cpu();

    public double WallSeconds => _wall.Elapsed.TotalSeconds;

    public double CpuSeconds => Cpu() - _cpuBefore;

    /// <summary>Peak resident memory of this process, in MiB.</summary>
    public static double PeakRssMb()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }
}
