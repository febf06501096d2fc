using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Campaigns;

internal enum CampaignChannel
{
    /// <summary>Owned: mail to members.</summary>
    Email,

    /// <summary>Paid: advertisements, bought in auctions.</summary>
    Ads,
}

internal enum CampaignState
{
    Draft,
    Ready,
    Running,
    Paused,
    Completed,
    Cancelled,
}

/// <summary>One thing to say to members, over one channel, to sell one product.</summary>
internal sealed class Campaign : ITenantOwned, IVersioned
{
    public const string Prefix = "cmp";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public CampaignChannel Channel { get; init; }

    public CampaignState State { get; set; }

    /// <summary>Consent topic that a recipient must have agreed to.</summary>
    public required string Topic { get; set; }

    public Guid ProductId { get; init; }

    public Guid AudienceId { get; set; }

    /// <summary>The action of past experiments that this campaign repeats: its responses are what the models predict.</summary>
    public required string Action { get; set; }

    /// <summary>Cost of one send, or of one click on a paid channel, in the tenant's currency.</summary>
    public decimal CostPerSend { get; set; }

    /// <summary>On a paid channel: clicks expected per member addressed, in [0, 1]. Where a model predicts clicks, the model is taken.</summary>
    public double? ExpectedClickRate { get; set; }

    /// <summary>Address in the From header; null on a paid channel.</summary>
    public string? SenderAddress { get; set; }

    public string? SenderName { get; set; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LaunchedAt { get; set; }

    public int Version { get; set; } = 1;

    /// <summary>As requests and consents name the channel.</summary>
    public string ChannelName => Channel == CampaignChannel.Email ? "email" : "ads";

    /// <summary>The state at an instant: once its end has passed nothing can be sent any more, so a live campaign is completed.</summary>
    public CampaignState StateAt(DateTimeOffset now) =>
        State is CampaignState.Running or CampaignState.Paused && now >= EndsAt ? CampaignState.Completed : State;

    internal sealed class Configuration : IEntityTypeConfiguration<Campaign>
    {
        public void Configure(EntityTypeBuilder<Campaign> builder)
        {
            builder.ToTable("campaigns");
            builder.HasKey(c => new { c.TenantId, c.Id });
            builder.Ignore(c => c.ChannelName);
            builder.Property(c => c.Name).HasMaxLength(200);
            builder.Property(c => c.Topic).HasMaxLength(64);
            builder.Property(c => c.Action).HasMaxLength(64);
            builder.Property(c => c.SenderAddress).HasMaxLength(320);
            builder.Property(c => c.SenderName).HasMaxLength(200);
        }
    }
}
