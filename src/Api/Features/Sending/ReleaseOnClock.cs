using Noah.Api.Platform.Scheduling;
using Noah.Api.Platform.Time;
using Quartz;

namespace Noah.Api.Features.Sending;

/// <summary>Fires the release job the moment a manual clock moves, so that a week of planned hours passes in seconds. A system clock never raises it.</summary>
internal sealed class ReleaseOnClock(
    TimeProvider clock, [FromKeyedServices(SchedulingSetup.SchedulerName)] ISchedulerFactory schedulers, ILogger<ReleaseOnClock> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (clock is ManualClock manual)
        {
            manual.Advanced += Fire;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (clock is ManualClock manual)
        {
            manual.Advanced -= Fire;
        }

        return Task.CompletedTask;
    }

    private void Fire() => _ = FireAsync();

    private async Task FireAsync()
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            await scheduler.TriggerJob(ReleaseDueSendsJob.Key, new JobDataMap());
        }
        catch (SchedulerException exception)
        {
            // The trigger of every second makes up for it.
            logger.LogWarning(exception, "The release job could not be fired at the move of the clock");
        }
    }
}
