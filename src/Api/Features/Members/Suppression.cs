using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

internal enum SuppressionReason
{
    Unsubscribe,
    Complaint,
    HardBounce,
    Manual,
    Erasure,
}

/// <summary>
/// An address that may not be mailed, by the hash of the address: it outlives the member, so that an erased person who is imported
/// again stays unmailed. Append-only.
/// </summary>
internal sealed class Suppression : ITenantOwned
{
    public const string Prefix = "sup";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Channel { get; init; }

    /// <summary>The topic it is limited to; null for every topic of the channel.</summary>
    public string? Topic { get; init; }

    /// <summary>SHA-256 of the tenant and the lower-case address.</summary>
    public required byte[] AddressHash { get; init; }

    public SuppressionReason Reason { get; init; }

    public required string Source { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Suppression>
    {
        public void Configure(EntityTypeBuilder<Suppression> builder)
        {
            builder.ToTable("suppressions");
            builder.HasKey(s => new { s.TenantId, s.Id });
            builder.Property(s => s.Channel).HasMaxLength(32);
            builder.Property(s => s.Topic).HasMaxLength(64);
            builder.Property(s => s.Source).HasMaxLength(200);
            builder.HasIndex(s => new { s.TenantId, s.AddressHash });
        }
    }
}
