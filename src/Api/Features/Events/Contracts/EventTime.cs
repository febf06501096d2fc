namespace Noah.Api.Features.Events.Contracts;

/// <summary>Which instants an event can have: a slip of the century would otherwise make partitions nobody needs.</summary>
internal static class EventTime
{
    private const int PastYears = 50;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    public static string Expected => $"within the past {PastYears} years and at most a day ahead";

    public static bool IsPlausible(DateTimeOffset occurredAt, DateTimeOffset now) => occurredAt > now.AddYears(-PastYears) && occurredAt <= now + ClockSkew;
}
