using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What one training has learnt; never changed afterwards.</summary>
internal sealed class LifetimeValueVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid LifetimeValueId { get; init; }

    public required JsonDocument Card { get; init; }

    /// <summary>Chosen method, parameters of purchases, horizons, kinds of events and features.</summary>
    public required JsonDocument Parameters { get; init; }

    /// <summary>The value network as the engine saves it; null where there is none.</summary>
    public byte[]? Network { get; init; }

    public DateTimeOffset TrainedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LifetimeValueVersion>
    {
        public void Configure(EntityTypeBuilder<LifetimeValueVersion> builder)
        {
            builder.ToTable("lifetime_value_versions");
            builder.HasKey(v => new { v.TenantId, v.Id });
            builder.HasIndex(v => new { v.TenantId, v.LifetimeValueId });
        }
    }
}
