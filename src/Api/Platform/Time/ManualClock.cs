namespace Noah.Api.Platform.Time;

/// <summary>
/// A clock that stands still until it is told to move: a week of planned hours passes in seconds in the demo and in tests.
/// It only ever moves forward, as send decisions are made against it.
/// </summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private long _utcTicks = start.UtcTicks;

    /// <summary>Raised after each move: what waits for an instant need not wait for its next look at the clock.</summary>
    public event Action? Advanced;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _utcTicks), TimeSpan.Zero);

    /// <summary>Moves to the instant unless the clock is already past it.</summary>
    public DateTimeOffset AdvanceTo(DateTimeOffset instant)
    {
        var present = Volatile.Read(ref _utcTicks);
        while (instant.UtcTicks > present)
        {
            var seen = Interlocked.CompareExchange(ref _utcTicks, instant.UtcTicks, present);
            if (seen == present)
            {
                break;
            }

            present = seen;
        }

        Advanced?.Invoke();
        return GetUtcNow();
    }
}
