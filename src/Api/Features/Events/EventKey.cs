using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Events;

/// <summary>The client event ids seen so far, unique per tenant over all months.</summary>
internal sealed class EventKey : ITenantOwned
{
    public Guid TenantId { get; set; }

    public required string EventId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<EventKey>
    {
        public void Configure(EntityTypeBuilder<EventKey> builder)
        {
            builder.ToTable("event_keys");
            builder.HasKey(k => new { k.TenantId, k.EventId });
            builder.Property(k => k.EventId).HasMaxLength(200);
        }
    }
}
