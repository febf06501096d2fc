namespace Noah.Api.Features.Members.Contracts;

/// <summary>JSON pointers (RFC 6901) to members whose names come from the request.</summary>
internal static class AttributePointer
{
    public static string Of(string parent, string name) =>
        $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
