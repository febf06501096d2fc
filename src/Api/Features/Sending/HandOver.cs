using MimeKit;

namespace Noah.Api.Features.Sending;

/// <summary>
/// Hands a batch of claimed sends to the mail server over one connection. Groups are cleared in one transaction each; then every mail
/// is marked begun before its first byte, in the commit that records the mail before it. A crash leaves at most one mail per
/// connection in doubt, and that one becomes UNKNOWN (docs/decisions/0009-hand-over.md).
/// </summary>
internal sealed class HandOver(
    SendClearance clearance, SendJournal journal, MailComposer composer, MailConnection connection, IHandOverProbe probe, TimeProvider clock)
{
    /// <summary>Also how many mails can still leave after a withdrawal that was committed behind their clearance.</summary>
    private const int GroupSize = 25;

    /// <summary>Works until the host stops; what was not begun by then is put back.</summary>
    public async Task RunAsync(IReadOnlyList<ClaimedSend> claimed, CancellationToken stopping)
    {
        foreach (var group in claimed.Chunk(GroupSize))
        {
            if (stopping.IsCancellationRequested)
            {
                await journal.EndAsync([.. group.Select(SendOutcome.PutBack)]);
            }
            else if (!await connection.EnsureOpenAsync())
            {
                await journal.EndAsync([.. group.Select(send => SendOutcome.Defer(send, "serverUnreachable"))]);
            }
            else
            {
                var mails = await composer.ComposeAsync(await clearance.ClearAsync(group, CancellationToken.None), CancellationToken.None);
                await journal.EndAsync([.. mails.Where(mail => mail.Mail is null).Select(mail => new SendOutcome(mail.Send.Send, SendState.Failed, "notRendered"))]);
                await SendAsync([.. mails.Where(mail => mail.Mail is not null).Select(mail => (mail.Send.Send, mail.Mail!))], stopping);
            }
        }
    }

    private async Task SendAsync(IReadOnlyList<(ClaimedSend Send, MimeMessage Mail)> mails, CancellationToken stopping)
    {
        SendOutcome? previous = null;
        for (var position = 0; position < mails.Count; position++)
        {
            var (send, mail) = mails[position];
            var stops = stopping.IsCancellationRequested;
            if (stops || !await connection.EnsureOpenAsync())
            {
                var rest = mails.Skip(position).Select(m => stops ? SendOutcome.PutBack(m.Send) : SendOutcome.Defer(m.Send, "serverUnreachable"));
                await journal.EndAsync([.. previous is null ? [] : new[] { previous }, .. rest]);
                return;
            }

            var begun = await journal.BeginAsync(send, previous, clock.GetUtcNow());
            previous = begun ? await OfferAsync(send, mail) : null;
        }

        await journal.EndAsync(previous is null ? [] : [previous]);
    }

    private async Task<SendOutcome> OfferAsync(ClaimedSend send, MimeMessage mail)
    {
        var reply = await connection.SendAsync(mail);
        if (reply.Verdict == MailVerdict.Accepted)
        {
            await probe.AfterHandOverAsync();
            return new SendOutcome(send, SendState.HandedOver, Reference: reply.Text, HandedOverAt: clock.GetUtcNow());
        }

        var state = reply.Verdict switch
        {
            MailVerdict.Later => SendState.Deferred,
            MailVerdict.Refused => SendState.Failed,
            _ => SendState.Unknown,
        };
        return new SendOutcome(send, state, reply.Reason, reply.Text);
    }
}
