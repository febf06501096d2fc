using MassTransit;
using Noah.Api.Features.Campaigns.Contracts;

namespace Noah.Api.Features.Sending;

/// <summary>What came due before a campaign was launched, or while it was held, leaves right away.</summary>
internal sealed class OnCampaignLaunched(ReleaseTrigger release) : IConsumer<CampaignLaunched>
{
    public Task Consume(ConsumeContext<CampaignLaunched> context) => release.FireAsync(context.CancellationToken);
}
