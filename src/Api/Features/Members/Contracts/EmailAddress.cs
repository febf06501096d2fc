using System.Buffers;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>Whether a text can be an address to mail to.</summary>
internal static class EmailAddress
{
    /// <summary>RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets.</summary>
    public const int MaximumLength = 254;

    private const int MaximumLocalLength = 64;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("()<>[]:;,\\\"");

    /// <summary>
    /// The unquoted form local@domain.tld. Quoted local parts and address literals are refused: nobody is reached by them, and what
    /// they allow (spaces, control characters) has no place in a mail's header.
    /// </summary>
    public static bool IsValid(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > MaximumLocalLength || text.Length > MaximumLength || text.AsSpan().ContainsAny(Forbidden))
        {
            return false;
        }

        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character) || char.IsControl(character))
            {
                return false;
            }
        }

        var domain = text.AsSpan(at + 1);
        return !domain.Contains('@') && domain.IndexOf('.') > 0 && domain[^1] is not ('.' or '-') && domain.IndexOf("..") < 0;
    }
}
