using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

/// <summary>Who did what to which resource. Append-only: the application's role may neither change nor delete a row.</summary>
internal sealed class AuditEvent : ITenantOwned
{
    public const string Prefix = "aud";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public DateTimeOffset At { get; init; }

    /// <summary>The API key's public id, or the worker's role.</summary>
    public required string Actor { get; init; }

    /// <summary>Such as <c>campaigns.launch</c>.</summary>
    public required string Action { get; init; }

    public required string Target { get; init; }

    public JsonDocument? Details { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEvent>
    {
        public void Configure(EntityTypeBuilder<AuditEvent> builder)
        {
            builder.ToTable("audit_events");
            builder.HasKey(a => new { a.TenantId, a.Id });
            builder.Property(a => a.Actor).HasMaxLength(100);
            builder.Property(a => a.Action).HasMaxLength(100);
            builder.Property(a => a.Target).HasMaxLength(200);
        }
    }
}
