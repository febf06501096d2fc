using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Operations;

/// <summary>One event of an operation's stream: progress, log, partialError or done, with a sequence that has no holes.</summary>
internal sealed class OperationEvent : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid OperationId { get; init; }

    public long Sequence { get; init; }

    public required string Type { get; init; }

    public required JsonDocument Data { get; init; }

    public DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperationEvent>
    {
        public void Configure(EntityTypeBuilder<OperationEvent> builder)
        {
            builder.ToTable("operation_events");
            builder.HasKey(e => new { e.TenantId, e.OperationId, e.Sequence });
            builder.Property(e => e.Type).HasMaxLength(32);
        }
    }
}
