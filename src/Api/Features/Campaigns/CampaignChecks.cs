using System.Net.Mail;
using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Campaigns;

/// <summary>What creating and changing a campaign both check.</summary>
internal static class CampaignChecks
{
    public static RequestCheck Sender(this RequestCheck check, CampaignSender sender) => check
        .Require(
            MailAddress.TryCreate(sender.Address, out var parsed) && parsed.Address == sender.Address,
            "/sender/address", "malformedAddress", "/sender/address must be a mail address.")
        .Text("/sender/name", sender.Name);

    public static RequestCheck ClickRate(this RequestCheck check, double? rate, bool mails) => check
        .Require(rate is null || !mails, "/expectedClickRate", "notApplicable", "/expectedClickRate is for campaigns that are paid by the click.")
        .Require(rate is null or (>= 0 and <= 1), "/expectedClickRate", "outOfRange", "/expectedClickRate must lie between 0 and 1.");

    public static RequestCheck Window(this RequestCheck check, DateTimeOffset startsAt, DateTimeOffset endsAt) =>
        check.Require(endsAt > startsAt, "/endsAt", "outOfRange", "/endsAt must lie after /startsAt.");

    public static async Task<RequestCheck> ProductAsync(
        this RequestCheck check, string pointer, Guid productId, IProducts products, CancellationToken cancellationToken) => check.Require(
        productId == Guid.Empty || await products.FindAsync(productId, cancellationToken) is not null,
        pointer, "notFound", $"{pointer}: {CampaignNames.Products.Name(productId)} does not exist.");

    public static async Task<RequestCheck> AudienceAsync(
        this RequestCheck check, string pointer, Guid audienceId, IAudienceMembers audiences, CancellationToken cancellationToken) => check.Require(
        audienceId == Guid.Empty || await audiences.FindAsync(audienceId, cancellationToken) is not null,
        pointer, "notFound", $"{pointer}: {CampaignNames.Audiences.Name(audienceId)} does not exist.");

    public static RequestCheck Variants(this RequestCheck check, IReadOnlyList<VariantText> variants, IContentEditor content)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < variants.Count; index++)
        {
            var (variant, pointer) = (variants[index], $"/variants/{index}");
            check
                .Text($"{pointer}/displayName", variant.DisplayName, 100)
                .Text($"{pointer}/subject", variant.Subject, 400)
                .Text($"{pointer}/html", variant.Html, 500_000)
                .Text($"{pointer}/text", variant.Text, 500_000)
                .Require(names.Add(variant.DisplayName), $"{pointer}/displayName", "duplicate", $"{pointer}/displayName is taken by another variant.");
            foreach (var fault in content.Check(variant))
            {
                check.Require(false, $"{pointer}/{fault.Part}", "brokenTemplate", $"{pointer}/{fault.Part} is not a Handlebars template: {fault.Message}");
            }
        }

        return check;
    }
}
