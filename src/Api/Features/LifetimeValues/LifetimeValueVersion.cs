using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>Whether customers are valued by a version. One version of a lifetime value is active at most.</summary>
internal enum LifetimeVersionState
{
    /// <summary>Trained and judged beside the active version; nobody is valued by it.</summary>
    Shadow,
    Active,

    /// <summary>Was active once; a rollback makes the latest of these active again.</summary>
    Retired,
}

/// <summary>What one training has learnt; never changed afterwards.</summary>
internal sealed class LifetimeValueVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid LifetimeValueId { get; init; }

    /// <summary>1, 2, … within the lifetime value, in the order of training.</summary>
    public int Number { get; init; }

    public LifetimeVersionState State { get; set; }

    public required JsonDocument Card { get; init; }

    /// <summary>Chosen method, parameters of purchases, horizons, kinds of events and features.</summary>
    public required JsonDocument Parameters { get; init; }

    /// <summary>The value network as the engine saves it; null where there is none.</summary>
    public byte[]? Network { get; init; }

    /// <summary>Against the version that was active when this one was trained; null where there was none, or it could not be used any more.</summary>
    public JsonDocument? Comparison { get; init; }

    public DateTimeOffset TrainedAt { get; init; }

    /// <summary>When it became active for the last time.</summary>
    public DateTimeOffset? PromotedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LifetimeValueVersion>
    {
        public void Configure(EntityTypeBuilder<LifetimeValueVersion> builder)
        {
            builder.ToTable("lifetime_value_versions");
            builder.HasKey(v => new { v.TenantId, v.Id });
            builder.HasIndex(v => new { v.TenantId, v.LifetimeValueId, v.Number }).IsUnique();
            // Two promotions at once: the second fails instead of leaving two active versions.
            builder.HasIndex(v => new { v.TenantId, v.LifetimeValueId }).IsUnique().HasFilter("state = 'Active'").HasDatabaseName("ix_lifetime_value_versions_active");
        }
    }
}
