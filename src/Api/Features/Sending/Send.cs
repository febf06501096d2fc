using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Sending;

internal enum SendState
{
    Planned,
    Claimed,
    HandedOver,
    Delivered,
    Bounced,
    Complained,
    Skipped,
    Deferred,
    Failed,
    Cancelled,

    /// <summary>The process died after the hand-over began: whether the mail left is not known, so it is never repeated by itself.</summary>
    Unknown,
}

/// <summary>One line of the send ledger: at most one per campaign and member, and everything that happened to it.</summary>
internal sealed class Send : ITenantOwned
{
    public const string Prefix = "snd";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid RunId { get; init; }

    public Guid CampaignId { get; init; }

    public Guid MemberId { get; init; }

    public Guid VariantId { get; init; }

    public SendState State { get; set; }

    /// <summary>Why it was skipped, deferred or failed, such as <c>suppressed</c>, <c>noConsent</c>, <c>capped</c>.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset DueAt { get; init; }

    /// <summary>Not claimed before this, after a temporary refusal. Real time like a lease, as it is a real server that refused.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>After this it is skipped as expired.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Probability of the decision to send this campaign to this member.</summary>
    public double Propensity { get; init; }

    /// <summary>Most sends to the member within seven days, this one included; asked again when it is claimed.</summary>
    public int WeeklyCap { get; init; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Raised at each claim and by whoever overrules a worker: what a worker writes under an older fence changes nothing.</summary>
    public long Fence { get; set; }

    /// <summary>Under the present claim it was found allowed: from here on it counts against the member's cap.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    /// <summary>SHA-256 of the tenant and the lower-case address: one address gets a campaign once, however many members share it.</summary>
    public byte[]? AddressHash { get; set; }

    /// <summary>Set and committed before the first byte goes to the server: from here on the outcome may be unknown.</summary>
    public DateTimeOffset? HandOverStartedAt { get; set; }

    public DateTimeOffset? HandedOverAt { get; set; }

    /// <summary>What the server answered, or the Message-ID that the mail carried.</summary>
    public string? ProviderReference { get; set; }

    /// <summary>How often it was offered to a server, or would have been had the server been reachable.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// True for a mail that reached, is about to reach, or may have reached its member after <paramref name="since"/>: what caps and
    /// duplicates count. An unknown outcome counts as a mail.
    /// </summary>
    public static Expression<Func<Send, bool>> MailedAfter(DateTimeOffset since) => send =>
        ((send.State == SendState.HandedOver || send.State == SendState.Delivered || send.State == SendState.Bounced || send.State == SendState.Complained)
            && send.HandedOverAt > since)
        || (send.State == SendState.Claimed && send.ClearedAt != null)
        || (send.State == SendState.Unknown && send.HandOverStartedAt > since);

    internal sealed class Configuration : IEntityTypeConfiguration<Send>
    {
        public void Configure(EntityTypeBuilder<Send> builder)
        {
            builder.ToTable("sends");
            builder.HasKey(s => new { s.TenantId, s.Id });
            builder.Property(s => s.Fence).IsConcurrencyToken();
            builder.Property(s => s.Reason).HasMaxLength(200);
            builder.Property(s => s.ProviderReference).HasMaxLength(300);
            builder.HasIndex(s => new { s.TenantId, s.CampaignId, s.MemberId }).IsUnique();
            builder.HasIndex(s => new { s.TenantId, s.MemberId, s.HandedOverAt });
            builder.HasIndex(s => new { s.TenantId, s.CampaignId, s.AddressHash }).HasFilter("address_hash IS NOT NULL");
            builder.HasIndex(s => s.DueAt).HasFilter("state IN ('Planned', 'Deferred')");
            builder.HasIndex(s => s.LeaseUntil).HasFilter("state = 'Claimed'");
        }
    }
}
