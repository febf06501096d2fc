using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal enum ConsentState
{
    Granted,
    Withdrawn,
}

/// <summary>
/// One entry of the consent ledger: a member's word on a channel and topic. The latest entry counts, of two at one instant the withdrawal; none means no. Append-only, and
/// an import never writes over a withdrawal.
/// </summary>
internal sealed class Consent : ITenantOwned
{
    public const string Prefix = "cns";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid MemberId { get; init; }

    /// <summary>Such as <c>email</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Such as <c>marketing</c>.</summary>
    public required string Topic { get; init; }

    public ConsentState State { get; init; }

    /// <summary>Where it was given: a form, an import with its declared source, an unsubscribe link.</summary>
    public required string Source { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Consent>
    {
        public void Configure(EntityTypeBuilder<Consent> builder)
        {
            builder.ToTable("consents");
            builder.HasKey(c => new { c.TenantId, c.Id });
            builder.Property(c => c.Channel).HasMaxLength(32);
            builder.Property(c => c.Topic).HasMaxLength(64);
            builder.Property(c => c.Source).HasMaxLength(200);
            builder.HasIndex(c => new { c.TenantId, c.MemberId, c.Channel, c.Topic, c.OccurredAt });
        }
    }
}
