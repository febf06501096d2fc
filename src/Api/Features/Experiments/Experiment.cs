using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

internal enum ExperimentState
{
    Draft,
    Running,
    Stopped,
}

/// <summary>A randomised comparison: arms with weights, and metrics with the distribution that chooses their tests.</summary>
internal sealed class Experiment : ITenantOwned, IVersioned
{
    public const string Prefix = "exp";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    /// <summary>Arms: name, weight, whether it is the control.</summary>
    public required JsonDocument Arms { get; init; }

    /// <summary>Metrics: name, distribution, event type, aggregation.</summary>
    public required JsonDocument Metrics { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End of the outcome window: events after it do not count.</summary>
    public DateTimeOffset EndedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; } = 1;

    /// <summary>Its state follows from the clock, so that no job has to remember to stop it.</summary>
    public ExperimentState StateAt(DateTimeOffset now) =>
        now < StartedAt ? ExperimentState.Draft : now < EndedAt ? ExperimentState.Running : ExperimentState.Stopped;

    internal sealed class Configuration : IEntityTypeConfiguration<Experiment>
    {
        public void Configure(EntityTypeBuilder<Experiment> builder)
        {
            builder.ToTable("experiments");
            builder.HasKey(e => new { e.TenantId, e.Id });
            builder.Property(e => e.Name).HasMaxLength(200);
        }
    }
}
