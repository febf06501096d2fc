using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>A member's arm in an experiment, and how likely that arm was.</summary>
internal sealed class Exposure : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ExperimentId { get; init; }

    public Guid MemberId { get; init; }

    public required string Arm { get; init; }

    public DateTimeOffset ExposedAt { get; init; }

    /// <summary>Probability of this arm for this member, in (0, 1].</summary>
    public double Propensity { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Exposure>
    {
        public void Configure(EntityTypeBuilder<Exposure> builder)
        {
            builder.ToTable("exposures");
            builder.HasKey(e => new { e.TenantId, e.ExperimentId, e.MemberId });
            builder.Property(e => e.Arm).HasMaxLength(64);
        }
    }
}
