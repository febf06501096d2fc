using System.Diagnostics;
using System.Threading.Channels;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Features.Training.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Training;

/// <summary>
/// Trains in a process of its own, so that what kills it, such as a native abort or the kernel when memory is short, costs this one operation.
/// It never outlives the call: cancelled, or with its lease lost, it is killed, and its folder goes in any case.
/// </summary>
internal sealed class TrainerProcess(TrainerOptions options, ILogger<TrainerProcess> logger) : ITrainer
{
    private const int LinesKept = 20;

    public int Threads => options.Threads;

    public async Task<T> RunAsync<T>(TrainerTask<T> task, OperationRun run, CancellationToken cancellationToken)
    {
        using var folder = TrainerFolder.Create(options.Folder, run.OperationId);
        await task.WriteAsync(folder.FullName, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Process.Start(TrainerCommand.Create(task.Kind, folder.FullName, options))!;
        var heard = new Heard();
        try
        {
            var errors = KeepLastAsync(process.StandardError);
            await RelayAsync(process.StandardOutput, heard, run, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode == 0)
            {
                return task.Read(folder.FullName);
            }

            throw Failure(run, process.ExitCode, heard.Last, await errors);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    // Only the latest line waits to be told: a slow database never slows training down.
    private static async Task RelayAsync(StreamReader output, Heard heard, OperationRun run, CancellationToken cancellationToken)
    {
        var latest = Channel.CreateBounded<TrainerMessage>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var listening = Task.Run(
            async () =>
            {
                try
                {
                    while (await output.ReadLineAsync(cancellationToken) is { } line)
                    {
                        if (TrainerMessage.Parse(line) is { } message)
                        {
                            heard.Last = message;
                            latest.Writer.TryWrite(message);
                        }
                    }
                }
                finally
                {
                    latest.Writer.Complete();
                }
            },
            cancellationToken);
        await foreach (var message in latest.Reader.ReadAllAsync(cancellationToken))
        {
            await run.ReportAsync(message.Stage, message.Completed, message.Total, message.Unit, cancellationToken);
        }

        await listening;
    }

    private static async Task<string> KeepLastAsync(StreamReader error)
    {
        var lines = new Queue<string>();
        while (await error.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }

        return string.Join('\n', lines);
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private Exception Failure(OperationRun run, int exitCode, TrainerMessage last, string errors)
    {
        if (last is { Fault: { } fault, OutOfMemory: false })
        {
            return new InvalidOperationException($"The trainer gave up in the stage '{last.Stage}': {fault}");
        }

        var how = last.OutOfMemory
            ? $"ran out of the {options.MemoryGigabytes} GB that Noah:Models:TrainerMemoryGigabytes allows"
            : $"was ended by {ExitSignals.Describe(exitCode)}";
        logger.LogError("The trainer of operation {Operation} {How} in the stage '{Stage}'. It said last: {Errors}", run.OperationId, how, last.Stage, errors);
        return new ProblemException(
            ProblemType.TrainerDied, $"The process that trained {run.Target} {how} in the stage '{last.Stage}'. Nothing was changed; what it said is logged under operation {run.OperationId}.");
    }

    private sealed class Heard
    {
        public TrainerMessage Last { get; set; } = new("starting");
    }
}
