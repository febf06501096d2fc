using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Messaging;

/// <summary>A message written in the transaction of what it tells about, and published after the commit. It is a wake-up, never the truth.</summary>
internal sealed class OutboxMessage : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Full name of the message's type in this assembly.</summary>
    public required string Type { get; init; }

    public required string Payload { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? PublishedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> builder)
        {
            builder.ToTable("outbox_messages");
            builder.HasKey(m => new { m.TenantId, m.Id });
            builder.Property(m => m.Type).HasMaxLength(300);
            builder.Property(m => m.Payload).HasColumnType("jsonb");
            builder.HasIndex(m => m.CreatedAt).HasFilter("published_at IS NULL");
        }
    }
}
