using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Planning;

internal enum PlanningRunState
{
    Draft,
    Solved,
    Applied,
}

/// <summary>One walk from eligibility to the send ledger. Frozen inputs and a seed: solving it again gives the same plan.</summary>
internal sealed class PlanningRun : ITenantOwned, IVersioned
{
    public const string Prefix = "pln";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public PlanningRunState State { get; set; }

    /// <summary>Campaigns, model, budget, caps, horizon, exploration share, quiet hours, seed.</summary>
    public required JsonDocument Specification { get; init; }

    /// <summary>The plan as it is shown: waterfall, forecast, prices, binding constraints, certificate.</summary>
    public JsonDocument? Plan { get; set; }

    /// <summary>Why the last try to solve it found no plan: the rules that conflict.</summary>
    public JsonDocument? Conflict { get; set; }

    /// <summary>Off-policy estimates of the plan against simple policies.</summary>
    public JsonDocument? Evaluation { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SolvedAt { get; set; }

    public DateTimeOffset? AppliedAt { get; set; }

    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<PlanningRun>
    {
        public void Configure(EntityTypeBuilder<PlanningRun> builder)
        {
            builder.ToTable("planning_runs");
            builder.HasKey(r => new { r.TenantId, r.Id });
            builder.Property(r => r.Name).HasMaxLength(200);
        }
    }
}
