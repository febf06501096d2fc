using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Features.Metrics.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Metrics;

/// <summary>A metric that experiments share, so that "revenue in two weeks" is the same in all of them. What it means never changes.</summary>
internal sealed class Metric : ITenantOwned
{
    public const string Prefix = MetricNames.Prefix;
    public const int LongestName = 64;

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique within the tenant.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Distribution { get; init; }

    public required string EventType { get; init; }

    public required string Aggregation { get; init; }

    public required string Role { get; init; }

    public required string Direction { get; init; }

    public int? WindowDays { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string ResourceName() => MetricNames.Kind.Name(Id);

    public MetricDefinition Definition() => new(Distribution, EventType, Aggregation, Role, Direction, WindowDays);

    internal sealed class Configuration : IEntityTypeConfiguration<Metric>
    {
        public void Configure(EntityTypeBuilder<Metric> builder)
        {
            builder.ToTable("metrics");
            builder.HasKey(m => new { m.TenantId, m.Id });
            builder.Property(m => m.Name).HasMaxLength(LongestName);
            builder.Property(m => m.Description).HasMaxLength(1000);
            builder.Property(m => m.Distribution).HasMaxLength(16);
            builder.Property(m => m.EventType).HasMaxLength(64);
            builder.Property(m => m.Aggregation).HasMaxLength(16);
            builder.Property(m => m.Role).HasMaxLength(16);
            builder.Property(m => m.Direction).HasMaxLength(16);
            builder.HasIndex(m => new { m.TenantId, m.Name }).IsUnique();
        }
    }
}
