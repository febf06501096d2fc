using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Events;

/// <summary>
/// Something a member did: visit, purchase, open, click. Partitioned by month of occurrence. Since a partitioned table can't keep a
/// key without its partition column unique, the client's event ids are kept unique in <c>event_keys</c>.
/// </summary>
internal sealed class Event : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The client's identifier: a retry with the same one is the same event.</summary>
    public required string EventId { get; init; }

    public Guid MemberId { get; init; }

    public required string Type { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Money of the event in the tenant's currency, for purchases.</summary>
    public decimal? Amount { get; init; }

    public Guid? ProductId { get; init; }

    /// <summary>The send that it answers to, when it does.</summary>
    public Guid? SendId { get; init; }

    public JsonDocument? Properties { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Event>
    {
        public void Configure(EntityTypeBuilder<Event> builder)
        {
            // PARTITION BY is not in EF's vocabulary: the table is created by Sql/events.sql.
            builder.ToTable("events", table => table.ExcludeFromMigrations());
            builder.HasKey(e => new { e.TenantId, e.OccurredAt, e.EventId });
            builder.Property(e => e.EventId).HasMaxLength(200);
            builder.Property(e => e.Type).HasMaxLength(64);
        }
    }
}
