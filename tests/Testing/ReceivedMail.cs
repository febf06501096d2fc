namespace Noah.Testing;

/// <summary>A message as the mail server kept it.</summary>
/// <param name="EnvelopeFrom">Sender of the envelope.</param>
/// <param name="EnvelopeTo">Recipients of the envelope.</param>
/// <param name="Headers">Headers by name, folded lines joined; the first one where a name repeats.</param>
/// <param name="Content">Headers and body as they came over the wire.</param>
public sealed record ReceivedMail(
    string EnvelopeFrom, IReadOnlyList<string> EnvelopeTo, IReadOnlyDictionary<string, string> Headers, string Content)
{
    internal static ReceivedMail Parse(string text)
    {
        var envelope = text.Split("\r\n").TakeWhile(line => line.StartsWith("X-Envelope-", StringComparison.Ordinal)).ToArray();
        IEnumerable<string> Envelope(string name) => envelope.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]);

        var content = text[envelope.Sum(line => line.Length + 2)..];
        var end = content.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = (end < 0 ? content : content[..end]).Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in headers.Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                byName.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }
        return new ReceivedMail(Envelope("X-Envelope-From: ").Single(), [.. Envelope("X-Envelope-To: ")], byName, content);
    }
}
