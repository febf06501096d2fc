using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Models;

/// <summary>The learned parameters of one predictor of a version.</summary>
internal sealed class ModelArtifact : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid VersionId { get; init; }

    /// <summary>Such as <c>response</c> or <c>value:spend</c>.</summary>
    public required string Name { get; init; }

    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ModelArtifact>
    {
        public void Configure(EntityTypeBuilder<ModelArtifact> builder)
        {
            builder.ToTable("model_artifacts");
            builder.HasKey(a => new { a.TenantId, a.VersionId, a.Name });
            builder.Property(a => a.Name).HasMaxLength(100);
        }
    }
}
