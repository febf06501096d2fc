using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

/// <summary>
/// What a run decided for a member: a campaign or nothing, and with which probability it decided so. Decisions against sending are
/// kept too: without them no later estimate has overlap.
/// </summary>
internal sealed class Allocation : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid RunId { get; init; }

    public Guid MemberId { get; init; }

    /// <summary>The member's account, in runs that plan for accounts.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Null: no send.</summary>
    public Guid? CampaignId { get; init; }

    /// <summary>Probability of this very decision under the run's randomisation, in (0, 1].</summary>
    public double Propensity { get; init; }

    /// <summary>True when the exploration share drew it.</summary>
    public bool Explored { get; init; }

    /// <summary>Expected incremental contribution of the decision, net of cost, in the tenant's currency.</summary>
    public double ExpectedValue { get; init; }

    public decimal Cost { get; init; }

    /// <summary>Why: worthMost, exploredSend, exploredNoSend, notWorthIt, otherContact, outbid.</summary>
    public required string Reason { get; init; }

    public Guid? VariantId { get; init; }

    public double? VariantPropensity { get; init; }

    public DateTimeOffset? SendAt { get; init; }

    public double? SendAtPropensity { get; init; }

    /// <summary>Why this hour: personal, population, control, onlyAllowedHour, noAllowedHour; paid: no mail, so no hour.</summary>
    public string? SendAtReason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Allocation>
    {
        public void Configure(EntityTypeBuilder<Allocation> builder)
        {
            builder.ToTable("allocations");
            builder.HasKey(a => new { a.TenantId, a.RunId, a.MemberId });
            builder.Property(a => a.Reason).HasMaxLength(32);
            builder.Property(a => a.SendAtReason).HasMaxLength(32);
        }
    }
}
