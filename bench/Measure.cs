using System.Diagnostics;

namespace Noah.Bench;

/// <summary>Times two ways side by side: alternating runs meet the same noise, and the median forgets the worst of it.</summary>
internal static class Measure
{
    /// <summary>Median seconds of each way over <paramref name="rounds"/> alternating runs, after one run of each to warm up.</summary>
    public static (double First, double Second) SideBySide(Action first, Action second, int rounds)
    {
        first();
        second();
        var seconds = new double[2, rounds];
        for (var round = 0; round < rounds; round++)
        {
            seconds[0, round] = Seconds(first);
            seconds[1, round] = Seconds(second);
        }
        return (Median(seconds, 0), Median(seconds, 1));
    }

    /// <summary>Bytes that the calling thread allocates in one run.</summary>
    public static long AllocatedBytes(Action run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Seconds(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(double[,] values, int way)
    {
        var sorted = Enumerable.Range(0, values.GetLength(1)).Select(round => values[way, round]).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
