using HandlebarsDotNet;
using MimeKit;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

/// <summary>
/// Makes the mail of a send. The same send gives the same Message-ID at every attempt, so that a receiver, and whoever looks into the
/// logs, can tell a repetition from a second mail.
/// </summary>
internal sealed class MailComposer(
    IContentVariants variants, MailTemplates templates, UnsubscribeLinks links, TenantContext tenant, TimeProvider clock, ILogger<MailComposer> logger)
{
    /// <summary>A mail for each send; null where its variant can't be rendered.</summary>
    public async Task<IReadOnlyList<(ClearedSend Send, MimeMessage? Mail)>> ComposeAsync(
        IReadOnlyList<ClearedSend> sends, CancellationToken cancellationToken)
    {
        Guid[] campaigns = [.. sends.Select(send => send.Campaign.CampaignId).Distinct()];
        var wordings = (await variants.ReadAsync(campaigns, cancellationToken)).ToDictionary(variant => variant.VariantId);
        return [.. sends.Select(send => (send, Compose(send, wordings.GetValueOrDefault(send.VariantId))))];
    }

    private MimeMessage? Compose(ClearedSend send, VariantTemplate? variant)
    {
        var name = PublicId.Format(Send.Prefix, send.Send.Id);
        try
        {
            var unsubscribe = links.Create(tenant.TenantId, send.Send.Id);
            return variant is null || !MailboxAddress.TryParse(send.Contact.Email, out var recipient)
                ? null
                : Compose(send, name, recipient, templates.Get(variant).Render(send.Contact.Attributes, unsubscribe), unsubscribe);
        }
        catch (HandlebarsException fault)
        {
            logger.LogError(fault, "Variant {Variant} can't be rendered for {Send}", send.VariantId, name);
            return null;
        }
    }

    private MimeMessage Compose(ClearedSend send, string name, MailboxAddress recipient, RenderedMail rendered, string unsubscribe)
    {
        var sender = new MailboxAddress(send.Campaign.SenderName, send.Campaign.SenderAddress!);
        var mail = new MimeMessage
        {
            Subject = rendered.Subject,
            Date = clock.GetUtcNow(),
            MessageId = $"{name}@{sender.Domain}",
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = rendered.Text },
                new TextPart("html") { Text = rendered.Html },
            },
        };
        mail.From.Add(sender);
        mail.To.Add(recipient);
        mail.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
        mail.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        // Short enough to stay on one line: folded, it would be encoded, and mailbox providers would not read it.
        mail.Headers.Add("Feedback-ID", $"{PublicId.Format("cmp", send.Campaign.CampaignId)}:noah-mail");
        mail.Headers.Add("X-Noah-Variant", PublicId.Format("var", send.VariantId));
        mail.Headers.Add("X-Noah-Send", name);
        return mail;
    }
}
