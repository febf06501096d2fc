using Noah.Api.Platform.Scheduling;
using Quartz;

namespace Noah.Api.Features.Sending;

/// <summary>Fires the release job at once instead of at its next second.</summary>
internal sealed class ReleaseTrigger(
    [FromKeyedServices(SchedulingSetup.SchedulerName)] ISchedulerFactory schedulers, ILogger<ReleaseTrigger> logger)
{
    public async Task FireAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);

            // It is missing where no worker was ever told a mail server.
            if (await scheduler.GetJobDetail(ReleaseDueSendsJob.Key, cancellationToken) is not null)
            {
                await scheduler.TriggerJob(ReleaseDueSendsJob.Key, new JobDataMap(), cancellationToken);
            }
        }
        catch (SchedulerException exception)
        {
            // The trigger of every second makes up for it.
            logger.LogWarning(exception, "The release job could not be fired at once");
        }
    }
}
