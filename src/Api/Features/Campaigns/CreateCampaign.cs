using Microsoft.AspNetCore.Http.HttpResults;
using Noah.Api.Features.Audiences.Contracts;
using Noah.Api.Features.Content.Contracts;
using Noah.Api.Features.Products.Contracts;
using Noah.Api.Features.Tenancy.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

/// <summary>Drafts a campaign with its wordings. Templates are compiled here, so that a broken one never meets a recipient.</summary>
internal static class CreateCampaign
{
    /// <param name="DisplayName">For people.</param>
    /// <param name="Channel"><c>email</c> or <c>ads</c>.</param>
    /// <param name="Topic">Consent topic that a recipient must have agreed to.</param>
    /// <param name="Product">What it sells.</param>
    /// <param name="Audience">Whom it may address.</param>
    /// <param name="Action">The experiment arm whose effect it repeats.</param>
    /// <param name="CostPerSend">Cost of one send, or of one click on a paid channel.</param>
    /// <param name="StartsAt">First instant of sending.</param>
    /// <param name="EndsAt">Instant after which nothing is sent.</param>
    /// <param name="Sender">From header; needed for e-mail.</param>
    /// <param name="Variants">Wordings; at least one for e-mail.</param>
    /// <param name="ExpectedClickRate">Ads only: clicks expected per member addressed, 0 to 1; planning needs it.</param>
    internal sealed record Request(
        string DisplayName,
        string Channel,
        string Topic,
        string Product,
        string Audience,
        string Action,
        Money CostPerSend,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt,
        CampaignSender? Sender = null,
        VariantText[]? Variants = null,
        double? ExpectedClickRate = null);

    internal static async Task<Results<Created<CampaignView>, ProblemHttpResult>> HandleAsync(
        Request request,
        NoahDbContext db,
        CampaignStore store,
        IContentEditor content,
        IProducts products,
        IAudienceMembers audiences,
        ITenantSettings tenant,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        var variants = request.Variants ?? [];
        var mails = request.Channel == "email";
        var check = new RequestCheck()
            .Text("/displayName", request.DisplayName)
            .OneOf("/channel", request.Channel, "email", "ads")
            .Text("/topic", request.Topic, 64)
            .Text("/action", request.Action, 64)
            .Reference("/product", request.Product, CampaignNames.Products, out var productId)
            .Reference("/audience", request.Audience, CampaignNames.Audiences, out var audienceId)
            .Money("/costPerSend", request.CostPerSend, (await tenant.GetAsync(cancellationToken)).Currency)
            .Window(request.StartsAt, request.EndsAt)
            .Require(!mails || request.Sender is not null, "/sender", "required", "/sender is required for e-mail.")
            .Require(!mails || variants.Length > 0, "/variants", "required", "/variants must hold at least one wording for e-mail.")
            .ClickRate(request.ExpectedClickRate, mails)
            .Variants(variants, content);
        if (request.Sender is { } sender)
        {
            check.Sender(sender);
        }

        await check.ProductAsync("/product", productId, products, cancellationToken);
        await check.AudienceAsync("/audience", audienceId, audiences, cancellationToken);
        if (check.Failed(out var problem))
        {
            return problem;
        }

        var campaign = new Campaign
        {
            Name = request.DisplayName,
            Channel = mails ? CampaignChannel.Email : CampaignChannel.Ads,
            State = CampaignState.Draft,
            Topic = request.Topic,
            ProductId = productId,
            AudienceId = audienceId,
            Action = request.Action,
            CostPerSend = request.CostPerSend.Amount,
            ExpectedClickRate = request.ExpectedClickRate,
            SenderAddress = request.Sender?.Address,
            SenderName = request.Sender?.Name,
            StartsAt = request.StartsAt.ToUniversalTime(),
            EndsAt = request.EndsAt.ToUniversalTime(),
            CreatedAt = store.Now,
        };
        db.Add(campaign);
        content.Add(campaign.Id, variants);
        return TypedResults.Created($"/v1/{CampaignNames.Of(campaign.Id)}", await store.SaveAsync(campaign, http, cancellationToken));
    }
}
