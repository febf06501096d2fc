using System.Collections.Concurrent;
using System.Diagnostics;

namespace Noah.Cli.LocalServices;

/// <summary>
/// Starts processes on one thread that lives as long as this program. The kernel sends a child's parent-death signal when the <em>thread</em>
/// that started it ends, and a pool thread may end at any time.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Requests = [];

    static SpawnThread() => new Thread(Run) { IsBackground = true, Name = "spawn" }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
            {
                started.SetException(new CommandFailedException($"Cannot start {start.FileName}: {failure.Message}"));
            }
        });
        return started.Task;
    }

    private static void Run()
    {
        foreach (var request in Requests.GetConsumingEnumerable())
        {
            request();
        }
    }
}
