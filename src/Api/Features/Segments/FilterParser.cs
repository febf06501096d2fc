using System.Text.Json;
using Noah.Api.Features.Events.Contracts;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Segments;

/// <summary>
/// Reads a filter and checks it against the member schema. Every fault is collected with its pointer, such as
/// <c>/filter/all/1/attribute</c>; a filter with faults has no meaning and must not be used.
/// </summary>
/// <param name="schema">The attributes that exist.</param>
/// <param name="check">Collects the faults.</param>
/// <param name="personal">Whether personal attributes may be used: whoever may not read them must not find them out by counting either.</param>
/// <param name="values">The lifetime values that exist, with their horizons.</param>
internal sealed class FilterParser(
    IReadOnlyDictionary<string, AttributeSpec> schema, RequestCheck check, bool personal, IReadOnlyDictionary<Guid, IReadOnlyList<int>> values)
{
    private const int MaximumDepth = 8;
    private const int MaximumConditions = 100;
    private const int MaximumValues = 1_000;
    private const int MaximumDays = 36_500;
    private static readonly Filter Faulty = new EveryoneFilter();
    private static readonly string[] Kinds = ["all", "any", "not", "attribute", "event", "consent", "lifetimeValue", "everyone"];

    private int _conditions;

    public Filter Parse(JsonElement filter, string pointer, int depth = 1)
    {
        if (depth > MaximumDepth || ++_conditions > MaximumConditions)
        {
            return Fault(pointer, "tooLarge", $"A filter has at most {MaximumConditions} conditions, nested at most {MaximumDepth} deep.");
        }

        var kinds = filter.ValueKind == JsonValueKind.Object ? Kinds.Where(kind => filter.TryGetProperty(kind, out _)).ToList() : [];
        if (kinds is not [var kind])
        {
            return Fault(pointer, "malformed", $"A condition is an object with exactly one of {string.Join(", ", Kinds)}.", Kinds);
        }

        var value = filter.GetProperty(kind);
        return kind switch
        {
            "all" => Only(filter, pointer, kind) ?? new AllFilter(List(value, $"{pointer}/all", depth)),
            "any" => Only(filter, pointer, kind) ?? new AnyFilter(List(value, $"{pointer}/any", depth)),
            "not" => Only(filter, pointer, kind) ?? new NotFilter(Parse(value, $"{pointer}/not", depth + 1)),
            "attribute" => Only(filter, pointer, kind, "op", "value") ?? Attribute(filter, pointer),
            "event" => Only(filter, pointer, kind, "op", "count", "withinDays") ?? Event(filter, pointer),
            "consent" => Only(filter, pointer, kind) ?? Consent(value, $"{pointer}/consent"),
            "lifetimeValue" => Only(filter, pointer, kind, "op", "horizonDays", "value", "share") ?? Value(filter, pointer),
            _ => Only(filter, pointer, kind) ?? (value.ValueKind == JsonValueKind.True
                ? new EveryoneFilter()
                : Fault($"{pointer}/everyone", "unknownValue", "everyone can only be true.")),
        };
    }

    private List<Filter> List(JsonElement list, string pointer, int depth)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            Fault(pointer, "malformed", "A list of at least one condition is expected.");
            return [];
        }

        // Conditions beyond the limit would each be one more fault of the same kind.
        return [.. list.EnumerateArray().Take(MaximumConditions + 1).Select((item, index) => Parse(item, $"{pointer}/{index}", depth + 1))];
    }

    private Filter Attribute(JsonElement filter, string pointer)
    {
        var name = Text(filter, "attribute");
        if (name is null || !schema.TryGetValue(name, out var attribute))
        {
            return Fault($"{pointer}/attribute", "unknownAttribute", $"The member schema has no attribute '{name}'.", schema.Keys);
        }

        if (attribute.Personal && !personal)
        {
            return Fault($"{pointer}/attribute", "personal", $"'{name}' is personal: a filter by it needs the scope {Scopes.MembersPii}.");
        }

        var allowed = AttributeOperators.Of(attribute.Type);
        if (Text(filter, "op") is not { } op || !allowed.TryGetValue(op, out var comparison))
        {
            return Fault($"{pointer}/op", "unknownValue", $"'{name}' can be compared by {string.Join(", ", allowed.Keys)}.", allowed.Keys);
        }

        var given = filter.TryGetProperty("value", out var value);
        if (comparison == AttributeComparison.Exists)
        {
            return given ? Fault($"{pointer}/value", "notApplicable", "exists takes no value.") : new AttributeFilter(name, comparison, []);
        }

        if (comparison != AttributeComparison.In)
        {
            // A set is asked for one of its names.
            var type = comparison == AttributeComparison.Has ? AttributeType.Text : attribute.Type;
            return given && AttributeValues.Matches(type, value)
                ? new AttributeFilter(name, comparison, [value.GetRawText()])
                : Fault($"{pointer}/value", "wrongType", $"'{name}' is compared with {AttributeValues.Expected(type)}.");
        }

        return given && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MaximumValues
            && value.EnumerateArray().All(item => AttributeValues.Matches(attribute.Type, item))
                ? new AttributeFilter(name, comparison, [.. value.EnumerateArray().Select(item => item.GetRawText())])
                : Fault($"{pointer}/value", "wrongType", $"in takes a list of at most {MaximumValues}, each {AttributeValues.Expected(attribute.Type)}.");
    }

    private Filter Event(JsonElement filter, string pointer)
    {
        var faults = check.Errors.Count;
        var type = Text(filter, "event") ?? "";
        check.Require(EventType.IsValid(type), $"{pointer}/event", "malformed", $"An event type is {EventType.Expected}.");
        check.OneOf($"{pointer}/op", Text(filter, "op"), "atLeast");
        var count = Number(filter, pointer, "count", int.MaxValue) ?? 1;
        var withinDays = Number(filter, pointer, "withinDays", MaximumDays);
        return check.Errors.Count == faults ? new EventFilter(type, count, withinDays) : Faulty;
    }

    private Filter Value(JsonElement filter, string pointer)
    {
        if (!LifetimeConditions.Kind.TryParse(Text(filter, "lifetimeValue"), out var id) || !values.TryGetValue(id, out var horizons))
        {
            return Fault(
                $"{pointer}/lifetimeValue", "notFound", $"There is no lifetime value '{Text(filter, "lifetimeValue")}'.",
                values.Keys.Select(LifetimeConditions.Kind.Name));
        }

        if (horizons.Count == 0)
        {
            return Fault($"{pointer}/lifetimeValue", "notReady", $"{LifetimeConditions.Kind.Name(id)} is not trained yet.");
        }

        var horizon = (int)(Real(filter, "horizonDays") ?? 0);
        if (Real(filter, "horizonDays") != horizon || !horizons.Contains(horizon))
        {
            return Fault($"{pointer}/horizonDays", "unknownValue", $"horizonDays must be one of {string.Join(", ", horizons)}.", horizons);
        }

        var faults = check.Errors.Count;
        var op = Text(filter, "op");
        check.OneOf($"{pointer}/op", op, "atLeast", "top");
        var (value, share) = (Real(filter, "value"), Real(filter, "share"));
        if (op == "atLeast")
        {
            check.Require(value is >= 0, $"{pointer}/value", "outOfRange", "value must be a number of at least 0.", new { minimum = 0 })
                .Require(!filter.TryGetProperty("share", out _), $"{pointer}/share", "notApplicable", "share goes with top.");
            share = null;
        }
        else if (op == "top")
        {
            check.Require(share is > 0 and <= 1, $"{pointer}/share", "outOfRange", "share must lie above 0 and at most at 1.", new { above = 0, maximum = 1 })
                .Require(!filter.TryGetProperty("value", out _), $"{pointer}/value", "notApplicable", "value goes with atLeast.");
            value = null;
        }

        return check.Errors.Count == faults ? new LifetimeValueFilter(id, horizon, value, share) : Faulty;
    }

    private static double? Real(JsonElement filter, string field) =>
        filter.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private Filter Consent(JsonElement consent, string pointer)
    {
        if (consent.ValueKind != JsonValueKind.Object)
        {
            return Fault(pointer, "malformed", "An object with channel and topic is expected.");
        }

        var faults = check.Errors.Count;
        var (channel, topic) = (Text(consent, "channel"), Text(consent, "topic"));
        Only(consent, pointer, "channel", "topic");
        check.OneOf($"{pointer}/channel", channel, ConsentChannels.All).Text($"{pointer}/topic", topic, maximumLength: 64);
        return check.Errors.Count == faults ? new ConsentFilter(channel!, topic) : Faulty;
    }

    private int? Number(JsonElement filter, string pointer, string field, int maximum)
    {
        if (!filter.TryGetProperty(field, out var value))
        {
            return null;
        }

        var read = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= maximum;
        check.Require(read, $"{pointer}/{field}", "outOfRange", $"{field} must be a whole number from 1 to {maximum}.", new { minimum = 1, maximum });
        return read ? value.GetInt32() : null;
    }

    /// <summary>Null when the object has no field but these.</summary>
    private Filter? Only(JsonElement filter, string pointer, params string[] fields)
    {
        var unknown = filter.EnumerateObject().Select(p => p.Name).Except(fields).ToList();
        foreach (var name in unknown)
        {
            Fault(AttributePointer.Of(pointer, name), "unknownField", $"'{name}' is not a field of this condition.", fields);
        }

        return unknown.Count == 0 ? null : Faulty;
    }

    private static string? Text(JsonElement filter, string field) =>
        filter.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private Filter Fault(string pointer, string code, string message, object? allowed = null)
    {
        check.Require(false, pointer, code, message, allowed);
        return Faulty;
    }
}
