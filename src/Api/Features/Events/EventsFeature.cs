using Noah.Api.Features.Events.Contracts;

namespace Noah.Api.Features.Events;

/// <summary>What members did.</summary>
internal static class EventsFeature
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddScoped<EventStore>();
        services.AddScoped<IEventHistory, EventHistory>();
    }
}
