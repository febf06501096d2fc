using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Features.LifetimeValues.Contracts;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What a tenant means by the lifetime value of a customer, and the version by which members are valued now.</summary>
internal sealed class LifetimeValue : ITenantOwned, IVersioned
{
    public static readonly ResourceKind Kind = LifetimeConditions.Kind;

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    /// <summary>Events, horizons, discount, margin, features, seed.</summary>
    public required JsonDocument Specification { get; init; }

    /// <summary>The version that the stored scores are of; null until the first training.</summary>
    public Guid? VersionId { get; set; }

    /// <summary>How often it has been trained: the number of the latest version.</summary>
    public int LatestVersion { get; set; }

    /// <summary>The moment that the stored scores look ahead from; null until members were scored.</summary>
    public DateTimeOffset? ScoredAsOf { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; } = 1;

    public string ResourceName => Kind.Name(Id);

    internal sealed class Configuration : IEntityTypeConfiguration<LifetimeValue>
    {
        public void Configure(EntityTypeBuilder<LifetimeValue> builder)
        {
            builder.ToTable("lifetime_values");
            builder.HasKey(l => new { l.TenantId, l.Id });
            builder.Property(l => l.Name).HasMaxLength(200);
            builder.Ignore(l => l.ResourceName);
        }
    }
}
