using Noah.Api.Features.Operations.Contracts;
using Noah.Optimization.Solvers;

namespace Noah.Api.Features.Planning.Stages;

/// <summary>Runs a solver on a thread of its own and reports its progress beside it; a lost lease or a cancelled operation interrupts the solver.</summary>
internal static class SolveReport
{
    /// <summary>Longer than the least time between two reports of an operation: a report that came too early would be dropped, and a silent solver makes no other.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    public static async Task<T> RunAsync<T>(
        OperationRun run, string stage, Func<IProgress<SolveProgress>, CancellationToken, T> solve, CancellationToken cancellationToken)
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latest = new Latest();
        var work = Task.Run(() => solve(latest, interruption.Token), CancellationToken.None);
        try
        {
            while (await Task.WhenAny(work, Task.Delay(Interval, CancellationToken.None)) != work)
            {
                if (latest.Read() is { } progress)
                {
                    await run.ReportAsync($"{stage}.{progress.Stage}", progress.Completed, progress.Total, "steps", cancellationToken);
                }
            }
        }
        catch
        {
            // The solver reads memory that the caller is about to let go of: it is waited for, whatever ended the reports.
            await interruption.CancelAsync();
            await Task.WhenAny(work);
            throw;
        }

        return await work;
    }

    private sealed class Latest : IProgress<SolveProgress>
    {
        private readonly Lock _lock = new();
        private SolveProgress? _unread;

        public void Report(SolveProgress value)
        {
            lock (_lock)
            {
                _unread = value;
            }
        }

        public SolveProgress? Read()
        {
            lock (_lock)
            {
                (var unread, _unread) = (_unread, null);
                return unread;
            }
        }
    }
}
