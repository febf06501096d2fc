using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models.Drift;

/// <summary>One look at whether the members of today are still those that the active version learnt from.</summary>
internal sealed class DriftCheck : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ModelId { get; init; }

    public int VersionNumber { get; init; }

    public DateTimeOffset CheckedAt { get; init; }

    public required JsonDocument Report { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DriftCheck>
    {
        public void Configure(EntityTypeBuilder<DriftCheck> builder)
        {
            builder.ToTable("drift_checks");
            builder.HasKey(c => new { c.TenantId, c.Id });
            builder.HasIndex(c => new { c.TenantId, c.ModelId, c.CheckedAt });
        }
    }
}
