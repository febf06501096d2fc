using Noah.Api.Features.Members.Contracts;

namespace Noah.Api.Features.Segments;

/// <summary>Names of the comparisons, and which of them an attribute's type allows.</summary>
internal static class AttributeOperators
{
    private static readonly Dictionary<string, AttributeComparison> Equality = new()
    {
        ["eq"] = AttributeComparison.Equal,
        ["ne"] = AttributeComparison.NotEqual,
        ["in"] = AttributeComparison.In,
        ["exists"] = AttributeComparison.Exists,
    };

    private static readonly Dictionary<string, AttributeComparison> Order = new(Equality)
    {
        ["lt"] = AttributeComparison.Less,
        ["lte"] = AttributeComparison.LessOrEqual,
        ["gt"] = AttributeComparison.Greater,
        ["gte"] = AttributeComparison.GreaterOrEqual,
    };

    private static readonly Dictionary<string, AttributeComparison> Text = new(Equality) { ["contains"] = AttributeComparison.Contains };

    private static readonly Dictionary<string, AttributeComparison> Names = new()
    {
        ["has"] = AttributeComparison.Has,
        ["exists"] = AttributeComparison.Exists,
    };

    public static IReadOnlyDictionary<string, AttributeComparison> Of(AttributeType type) => type switch
    {
        AttributeType.Number or AttributeType.Date => Order,
        AttributeType.Text => Text,
        AttributeType.Names => Names,
        _ => Equality,
    };
}
