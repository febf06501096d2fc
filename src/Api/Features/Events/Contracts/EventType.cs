namespace Noah.Api.Features.Events.Contracts;

/// <summary>Names of event types.</summary>
internal static class EventType
{
    private const int MaximumLength = 64;

    public static string Expected => $"a name such as purchase: 1 to {MaximumLength} letters, digits, '_', '.' or '-'";

    public static bool IsValid(string type) =>
        type.Length is > 0 and <= MaximumLength && type.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
}
