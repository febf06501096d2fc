using Noah.Api.Features.Events.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Events;

/// <summary>What members did.</summary>
internal static class EventsFeature
{
    public static void AddEvents(this IServiceCollection services)
    {
        services.AddScoped<EventStore>();
        services.AddScoped<IEventHistory, EventHistory>();
        services.AddScoped<IEventStream, EventStream>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/events:batch", BatchEvents.HandleAsync)
        .WithTags("Events").RequireScope(Scopes.EventsWrite).RequireIdempotencyKey()
        .WithName("BatchEvents").WithSummary("Takes up to 1,000 events and answers for each: accepted, duplicate or invalid");
}
