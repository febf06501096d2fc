using Noah.Api.Platform.Time;

namespace Noah.Api.Features.Sending;

/// <summary>Fires the release job the moment a manual clock moves, so that a week of planned hours passes in seconds. A system clock never raises it.</summary>
internal sealed class ReleaseOnClock(TimeProvider clock, ReleaseTrigger release) : IHostedService
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

    private void Fire() => _ = release.FireAsync();
}
