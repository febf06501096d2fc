using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>The frozen output of one stage of a planning run. A run that crashed goes on at the first stage without one.</summary>
internal sealed class PlanningCheckpoint : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid RunId { get; init; }

    public required string Stage { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of the content: the same inputs and seed give the same digest.</summary>
    public required byte[] Digest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PlanningCheckpoint>
    {
        public void Configure(EntityTypeBuilder<PlanningCheckpoint> builder)
        {
            builder.ToTable("planning_checkpoints");
            builder.HasKey(c => new { c.TenantId, c.RunId, c.Stage });
            builder.Property(c => c.Stage).HasMaxLength(64);
        }
    }
}
