using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

internal enum AudienceRing
{
    Core,
    Expanded,
}

/// <summary>A member of an audience and why: by the filter, or by likeness to a seed.</summary>
internal sealed class AudienceMember : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid AudienceId { get; init; }

    public Guid MemberId { get; init; }

    public AudienceRing Ring { get; init; }

    /// <summary>Similarity to the seeds, in [-1, 1]; null in the core.</summary>
    public float? Score { get; init; }

    public Guid? NearestSeedId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AudienceMember>
    {
        public void Configure(EntityTypeBuilder<AudienceMember> builder)
        {
            builder.ToTable("audience_members");
            builder.HasKey(m => new { m.TenantId, m.AudienceId, m.MemberId });
        }
    }
}
