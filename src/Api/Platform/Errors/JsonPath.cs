using System.Text;

namespace Noah.Api.Platform.Errors;

/// <summary>Turns the path that System.Text.Json reports (<c>$.a[0].b</c>, <c>$['x y']</c>) into a JSON pointer (<c>/a/0/b</c>).</summary>
internal static class JsonPath
{
    public static string ToPointer(string? path)
    {
        var pointer = new StringBuilder();
        var rest = (path ?? "$").AsSpan(1);
        while (!rest.IsEmpty)
        {
            var (token, length) = rest switch
            {
                ['[', '\'', ..] => Quoted(rest),
                ['[', ..] => (rest[1..rest.IndexOf(']')].ToString(), rest.IndexOf(']') + 1),
                _ => Plain(rest[1..]),
            };
            pointer.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            rest = rest[length..];
        }

        return pointer.ToString();
    }

    private static (string Token, int Length) Quoted(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf("']");
        return (rest[2..end].ToString(), end + 2);
    }

    private static (string Token, int Length) Plain(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('.', '[');
        end = end < 0 ? rest.Length : end;
        return (rest[..end].ToString(), end + 1);
    }
}
