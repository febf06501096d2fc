using System.Globalization;

namespace Noah.Cli.Journey.Chapters;

/// <summary>The headers of a mail as it lies in the mail server's folder: all that a recipient's machine needs.</summary>
/// <param name="Send">Name of its ledger line.</param>
/// <param name="Recipient">Address it went to.</param>
/// <param name="Campaign">Campaign id, from Feedback-ID.</param>
/// <param name="Variant">Variant id, from X-Noah-Variant.</param>
/// <param name="At">Its Date.</param>
/// <param name="UnsubscribeLink">The one-click link of RFC 8058.</param>
internal sealed record ArrivedMail(string Send, string Recipient, string Campaign, string Variant, DateTimeOffset At, Uri UnsubscribeLink)
{
    public static ArrivedMail Read(string path)
    {
        var headers = Headers(path);
        return new ArrivedMail(
            headers["X-Noah-Send"],
            headers["X-Envelope-To"],
            headers["Feedback-ID"].Split(':')[0],
            headers["X-Noah-Variant"],
            DateTimeOffset.Parse(headers["Date"], CultureInfo.InvariantCulture),
            new Uri(headers["List-Unsubscribe"].Split(',')[0].Trim().Trim('<', '>')));
    }

    private static Dictionary<string, string> Headers(string path)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var name = "";
        foreach (var line in File.ReadLines(path).TakeWhile(line => line.Length > 0))
        {
            // A line that begins with white space continues the header before it (RFC 5322).
            if (line[0] is ' ' or '\t')
            {
                headers[name] += line.Trim();
            }
            else
            {
                name = line[..line.IndexOf(':', StringComparison.Ordinal)];
                headers[name] = line[(name.Length + 1)..].Trim();
            }
        }

        return headers;
    }
}
