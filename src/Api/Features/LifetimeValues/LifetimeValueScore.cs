using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.LifetimeValues;

/// <summary>What one customer is expected to bring over one horizon. Members without a purchase have no row.</summary>
internal sealed class LifetimeValueScore : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid LifetimeValueId { get; init; }

    public int HorizonDays { get; init; }

    public Guid MemberId { get; init; }

    /// <summary>Expected contribution in the tenant's currency, discounted.</summary>
    public double Mean { get; init; }

    public double P10 { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    /// <summary>Probability of a purchase within the horizon.</summary>
    public double Buys { get; init; }

    /// <summary>Probability that the customer has not left for good; null without a model of purchases.</summary>
    public double? Alive { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<LifetimeValueScore>
    {
        public void Configure(EntityTypeBuilder<LifetimeValueScore> builder)
        {
            builder.ToTable("lifetime_value_scores");
            builder.HasKey(s => new { s.TenantId, s.LifetimeValueId, s.HorizonDays, s.MemberId });
            builder.HasIndex(s => new { s.TenantId, s.LifetimeValueId, s.HorizonDays, s.Mean, s.MemberId })
                .IsDescending(false, false, false, true, false).HasDatabaseName("ix_lifetime_value_scores_rank");
        }
    }
}
