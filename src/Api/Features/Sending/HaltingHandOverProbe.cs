namespace Noah.Api.Features.Sending;

/// <summary>
/// Lets some mails pass and stands still for good after the next, so that a test can kill the process at that very instant. Only
/// Noah:FaultPoint:AfterHandOver (how many mails may pass) puts it in place.
/// </summary>
internal sealed class HaltingHandOverProbe(int passing, ILogger<HaltingHandOverProbe> logger) : IHandOverProbe
{
    private int _seen;

    public async ValueTask AfterHandOverAsync()
    {
        if (Interlocked.Increment(ref _seen) > passing)
        {
            logger.LogWarning("Standing still after a hand-over, as Noah:FaultPoint:AfterHandOver asks");
            await Task.Delay(Timeout.Infinite);
        }
    }
}
