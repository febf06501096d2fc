using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

internal enum ModelState
{
    Draft,
    Trained,
}

/// <summary>A set of predictors learned from one randomised experiment: a response per binary outcome and a value per amount. Each training makes a version.</summary>
internal sealed class Model : ITenantOwned, IVersioned
{
    public const string Prefix = "mdl";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public ModelState State { get; set; }

    public Guid ExperimentId { get; init; }

    /// <summary>Features, outcomes, training share, seed.</summary>
    public required JsonDocument Specification { get; init; }

    /// <summary>The version that plans use; null until the first training.</summary>
    public Guid? ActiveVersionId { get; set; }

    /// <summary>How often it has been trained: the number of the latest version.</summary>
    public int LatestVersion { get; set; }

    /// <summary>How often the version in use is to go on with new members; null for never by itself.</summary>
    public int? RefreshEveryDays { get; set; }

    /// <summary>When that was last tried.</summary>
    public DateTimeOffset? RefreshTriedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Model>
    {
        public void Configure(EntityTypeBuilder<Model> builder)
        {
            builder.ToTable("models");
            builder.HasKey(m => new { m.TenantId, m.Id });
            builder.Property(m => m.Name).HasMaxLength(200);
        }
    }
}
