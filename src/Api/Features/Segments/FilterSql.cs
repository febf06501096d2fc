using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Segments;

/// <summary>Turns a filter into a condition over members. Values go into parameters; what is concatenated is only our own text.</summary>
internal static class FilterSql
{
    public static string Compile(Filter filter, SqlParameters parameters, DateTimeOffset now) => filter switch
    {
        EveryoneFilter => "true",
        AllFilter all => Join(" AND ", all.Filters, parameters, now),
        AnyFilter any => Join(" OR ", any.Filters, parameters, now),
        NotFilter not => $"NOT ({Compile(not.Inner, parameters, now)})",
        AttributeFilter attribute => MemberConditions.Attribute(parameters, attribute.Name, attribute.Comparison, [.. attribute.Values]),
        EventFilter events => EventConditions.AtLeast(
            parameters, events.Type, events.Count, events.WithinDays is { } days ? now.AddDays(-days) : null),
        LifetimeValueFilter { Value: { } least } value => LifetimeConditions.AtLeast(parameters, value.LifetimeValueId, value.HorizonDays, least),
        LifetimeValueFilter { Share: { } share } value => LifetimeConditions.Top(parameters, value.LifetimeValueId, value.HorizonDays, share),
        ConsentFilter consent => MemberConditions.Consent(parameters, consent.Channel, consent.Topic),
        _ => throw new InvalidOperationException($"No SQL for {filter.GetType().Name}."),
    };

    private static string Join(string separator, IReadOnlyList<Filter> filters, SqlParameters parameters, DateTimeOffset now) =>
        $"({string.Join(separator, filters.Select(f => Compile(f, parameters, now)))})";
}
