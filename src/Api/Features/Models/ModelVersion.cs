using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>Whether plans use a version. One version of a model is active at most.</summary>
internal enum ModelVersionState
{
    /// <summary>Trained and judged beside the active version; nothing uses it.</summary>
    Shadow,
    Active,

    /// <summary>Was active once; a rollback makes the latest of these active again.</summary>
    Retired,
}

/// <summary>What one training has learnt: networks and card, never changed afterwards.</summary>
internal sealed class ModelVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ModelId { get; init; }

    /// <summary>1, 2, … within the model, in the order of training.</summary>
    public int Number { get; init; }

    public ModelVersionState State { get; set; }

    /// <summary>Data, held-out metrics, baselines, evidence of increments.</summary>
    public required JsonDocument Card { get; init; }

    /// <summary>Against the version that was active when this one was trained; null for the first.</summary>
    public JsonDocument? Comparison { get; init; }

    public DateTimeOffset TrainedAt { get; init; }

    /// <summary>When it became active for the last time.</summary>
    public DateTimeOffset? PromotedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ModelVersion>
    {
        public void Configure(EntityTypeBuilder<ModelVersion> builder)
        {
            builder.ToTable("model_versions");
            builder.HasKey(v => new { v.TenantId, v.Id });
            builder.HasIndex(v => new { v.TenantId, v.ModelId, v.Number }).IsUnique();
            // Two promotions at once: the second fails instead of leaving two active versions.
            builder.HasIndex(v => new { v.TenantId, v.ModelId }).IsUnique().HasFilter("state = 'Active'").HasDatabaseName("ix_model_versions_active");
        }
    }
}
