using System.Text.Json.Nodes;

namespace Noah.Api.Tests.Features.Segments;

/// <summary>A member as a test knows it.</summary>
internal sealed record KnownMember(string Id, JsonObject Attributes, IReadOnlyList<(string Type, DateTimeOffset At)> Events, bool Consents);

/// <summary>Evaluates a filter's JSON for one member by the plainest reading of it: the oracle of the compiled SQL.</summary>
internal static class BruteForceFilter
{
    public static bool Matches(JsonNode filter, KnownMember member, DateTimeOffset now) => filter.AsObject().First() switch
    {
        { Key: "everyone" } => true,
        { Key: "all", Value: var list } => list!.AsArray().All(f => Matches(f!, member, now)),
        { Key: "any", Value: var list } => list!.AsArray().Any(f => Matches(f!, member, now)),
        { Key: "not", Value: var inner } => !Matches(inner!, member, now),
        { Key: "consent" } => member.Consents,
        { Key: "event", Value: var type } =>
            member.Events.Count(e => e.Type == (string)type! && (filter["withinDays"] is not { } days || e.At >= now.AddDays(-(int)days)))
            >= (int)filter["count"]!,
        { Value: var name } => Compares(member.Attributes[(string)name!], (string)filter["op"]!, filter["value"]),
    };

    private static bool Compares(JsonNode? actual, string op, JsonNode? expected) => actual is not null && op switch
    {
        "exists" => true,
        "in" => expected!.AsArray().Any(item => Order(actual, item!) == 0),
        "contains" => ((string)actual!).Contains((string)expected!, StringComparison.OrdinalIgnoreCase),
        "eq" => Order(actual, expected!) == 0,
        "ne" => Order(actual, expected!) != 0,
        "lt" => Order(actual, expected!) < 0,
        "lte" => Order(actual, expected!) <= 0,
        "gt" => Order(actual, expected!) > 0,
        _ => Order(actual, expected!) >= 0,
    };

    private static int Order(JsonNode left, JsonNode right) => left.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Number => left.GetValue<double>().CompareTo(right.GetValue<double>()),
        System.Text.Json.JsonValueKind.String => string.CompareOrdinal((string)left!, (string)right!),
        _ => left.GetValue<bool>().CompareTo(right.GetValue<bool>()),
    };
}
