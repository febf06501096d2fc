using Noah.Api.Features.Operations.Contracts;
using Noah.Prediction.Training;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Trains off the worker's thread and tells the operation the latest epoch now and then: a slow database never slows training down.</summary>
internal static class LifetimeStage
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static async Task<T> RunAsync<T>(
        OperationRun run, string stage, Func<IProgress<TrainingProgress>, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        await run.ReportAsync(stage, 0, null, "epochs", cancellationToken);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latest = new Latest();
        var working = Task.Run(() => work(latest, cancellation.Token), cancellation.Token);
        try
        {
            while (await Task.WhenAny(working, Task.Delay(Between, cancellation.Token)) != working)
            {
                cancellation.Token.ThrowIfCancellationRequested();
                if (latest.Epoch is { } epoch)
                {
                    await run.ReportAsync(
                        stage, ((epoch.Fold - 1L) * epoch.MaxEpochs) + epoch.Epoch, (long)epoch.Folds * epoch.MaxEpochs, "epochs", cancellation.Token);
                }
            }
        }
        catch
        {
            // The lease is lost or the report failed: the training must end before its scope does.
            await cancellation.CancelAsync();
            await Task.WhenAny(working);
            throw;
        }

        return await working;
    }

    private sealed class Latest : IProgress<TrainingProgress>
    {
        private volatile TrainingProgress? _epoch;

        public TrainingProgress? Epoch => _epoch;

        public void Report(TrainingProgress value) => _epoch = value;
    }
}
