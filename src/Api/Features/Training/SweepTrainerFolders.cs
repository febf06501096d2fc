namespace Noah.Api.Features.Training;

/// <summary>Removes at the start of a worker what workers that were killed have left on this machine.</summary>
internal sealed class SweepTrainerFolders(TrainerOptions options, ILogger<SweepTrainerFolders> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (TrainerFolder.Sweep(options.Folder) is var removed and > 0)
        {
            logger.LogWarning("Removed {Count} folders of trainings whose worker was killed", removed);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
