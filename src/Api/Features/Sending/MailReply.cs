namespace Noah.Api.Features.Sending;

internal enum MailVerdict
{
    /// <summary>The server took responsibility for the mail.</summary>
    Accepted,

    /// <summary>It certainly did not take it, and may later.</summary>
    Later,

    /// <summary>It will never take it.</summary>
    Refused,

    /// <summary>The connection was lost after the server may have taken it.</summary>
    Unknown,
}

/// <summary>What came of offering one mail: the verdict, a code for it, and the server's words.</summary>
internal sealed record MailReply(MailVerdict Verdict, string? Reason = null, string? Text = null);
