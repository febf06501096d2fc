using System.Diagnostics;
using System.Threading.Channels;
using Noah.Api.Features.Operations.Contracts;
using Noah.Prediction.Training;

namespace Noah.Api.Features.Models;

/// <summary>
/// Runs trainings off the worker's thread and carries their progress over to the operation. Only the latest epoch waits to be told: a
/// slow database never slows training down.
/// </summary>
internal sealed class TrainingStages(OperationRun run)
{
    private readonly Dictionary<string, double> _seconds = [];

    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    public async Task<T> RunAsync<T>(string stage, Func<IProgress<TrainingProgress>, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await run.ReportAsync(stage, 0, null, "epochs", cancellationToken);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latest = Channel.CreateBounded<TrainingProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var working = Task.Run(
            () =>
            {
                try
                {
                    return work(new Relay(latest.Writer), cancellation.Token);
                }
                finally
                {
                    latest.Writer.Complete();
                }
            },
            cancellation.Token);
        try
        {
            await foreach (var progress in latest.Reader.ReadAllAsync(cancellation.Token))
            {
                await run.ReportAsync(
                    stage, ((progress.Fold - 1L) * progress.MaxEpochs) + progress.Epoch, (long)progress.Folds * progress.MaxEpochs, "epochs", cancellation.Token);
            }
        }
        catch
        {
            // The lease is lost or the report failed: the training must end before its scope does.
            await cancellation.CancelAsync();
            await Task.WhenAny(working);
            throw;
        }

        var result = await working;
        _seconds[stage] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2);
        return result;
    }

    private sealed class Relay(ChannelWriter<TrainingProgress> writer) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => writer.TryWrite(value);
    }
}
