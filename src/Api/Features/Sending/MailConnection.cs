using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Noah.Api.Features.Sending;

/// <summary>
/// One SMTP conversation that many mails share. Its whole point is to tell a mail that certainly stayed here from one that may have
/// left: the line is the acceptance of the recipient, as the content follows it.
/// </summary>
internal sealed class MailConnection(SmtpOptions options, ILogger<MailConnection> logger) : IAsyncDisposable
{
    /// <summary>Most that one mail may take; well below the lease that covers it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Conversation? _conversation;

    /// <summary>Connects unless connected. False when the server can't be reached.</summary>
    public async Task<bool> EnsureOpenAsync()
    {
        if (_conversation is { IsConnected: true })
        {
            return true;
        }

        _conversation?.Dispose();
        _conversation = new Conversation { Timeout = (int)Patience.TotalMilliseconds };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _conversation.ConnectAsync(options.Host, options.Port, options.Security, patience.Token);
            if (options.User is { } user)
            {
                await _conversation.AuthenticateAsync(user, options.Password ?? "", patience.Token);
            }

            return true;
        }
        catch (Exception failure) when (IsLoss(failure) || failure is SmtpCommandException or AuthenticationException or SslHandshakeException)
        {
            logger.LogWarning(failure, "The mail server {Host}:{Port} does not take mail now", options.Host, options.Port);
            _conversation.Dispose();
            _conversation = null;
            return false;
        }
    }

    public async Task<MailReply> SendAsync(MimeMessage message)
    {
        var conversation = _conversation ?? throw new InvalidOperationException("The connection is not open.");
        conversation.MayHaveLeft = false;
        if (!conversation.CanSpell(message))
        {
            return new MailReply(MailVerdict.Refused, "recipientRefused", "The server has no SMTPUTF8, which this address needs.");
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return new MailReply(MailVerdict.Accepted, Text: Mask(await conversation.SendAsync(message, patience.Token), message));
        }
        catch (SmtpCommandException refusal)
        {
            var permanent = (int)refusal.StatusCode >= 500;
            var reason = refusal.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted => "senderRefused",
                SmtpErrorCode.RecipientNotAccepted => "recipientRefused",
                _ => "messageRefused",
            };
            return new MailReply(permanent ? MailVerdict.Refused : MailVerdict.Later, reason, Mask($"{(int)refusal.StatusCode} {refusal.Message}", message));
        }
        catch (NotSupportedException incapable)
        {
            // The client can't say this mail to this server, and finds that out before the first word of it.
            return new MailReply(MailVerdict.Refused, "recipientRefused", Mask(incapable.Message, message));
        }
        catch (Exception loss) when (IsLoss(loss))
        {
            conversation.Dispose();
            _conversation = null;
            return conversation.MayHaveLeft
                ? new MailReply(MailVerdict.Unknown, "connectionLostDuringHandOver", Mask(loss.Message, message))
                : new MailReply(MailVerdict.Later, "connectionLost", Mask(loss.Message, message));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_conversation is { IsConnected: true } open)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                await open.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception loss) when (IsLoss(loss))
            {
                logger.LogDebug(loss, "The mail server left before it was told good-bye");
            }
        }

        _conversation?.Dispose();
    }

    /// <summary>Servers repeat the address they were given; the ledger, which outlives it, keeps their words without it.</summary>
    private static string Mask(string text, MimeMessage message) => message.To.Mailboxes
        .SelectMany(mailbox => new[] { mailbox.Address, mailbox.GetAddress(idnEncode: true) })
        .Aggregate(text, (masked, address) => masked
            .Replace($"<{address}>", "<recipient>", StringComparison.OrdinalIgnoreCase)
            .Replace(address, "<recipient>", StringComparison.OrdinalIgnoreCase));

    private static bool IsLoss(Exception exception) =>
        exception is IOException or SocketException or ProtocolException or OperationCanceledException or TimeoutException
            or ServiceNotConnectedException;

    private sealed class Conversation : SmtpClient
    {
        public bool MayHaveLeft { get; set; }

        /// <summary>False for an address beyond ASCII before its @ at a server without SMTPUTF8: spelled in any other way it would be somebody else's.</summary>
        public bool CanSpell(MimeMessage message) =>
            Capabilities.HasFlag(SmtpCapabilities.UTF8) || message.To.Mailboxes.All(mailbox => Ascii.IsValid(mailbox.LocalPart));

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => MayHaveLeft = true;
    }
}
