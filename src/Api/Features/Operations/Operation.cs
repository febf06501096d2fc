using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Operations;

internal enum OperationState
{
    Queued,
    Running,
    Cancelling,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>Long-running work (AIP-151). A row with a lease and a fence: whoever holds the fence may write, everybody else has lost it.</summary>
internal sealed class Operation : ITenantOwned
{
    public const string Prefix = "op";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What runs, such as <c>imports.run</c>: names its handler.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource that is worked on, such as <c>imports/imp_…</c>: one unfinished operation a target.</summary>
    public required string Target { get; init; }

    public OperationState State { get; set; }

    public required JsonDocument Request { get; init; }

    public string? Stage { get; set; }

    public long Completed { get; set; }

    public long? Total { get; set; }

    public string? Unit { get; set; }

    /// <summary>Name of the resource that came of it.</summary>
    public string? Response { get; set; }

    public JsonDocument? Metadata { get; set; }

    public JsonDocument? Error { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Number of the last event written.</summary>
    public long LastSequence { get; set; }

    /// <summary>Raised at each claim.</summary>
    public long Fence { get; set; }

    public bool Done => State is OperationState.Succeeded or OperationState.Failed or OperationState.Cancelled;

    internal sealed class Configuration : IEntityTypeConfiguration<Operation>
    {
        public void Configure(EntityTypeBuilder<Operation> builder)
        {
            builder.ToTable("operations");
            builder.HasKey(o => new { o.TenantId, o.Id });
            builder.Property(o => o.Kind).HasMaxLength(100);
            builder.Property(o => o.Target).HasMaxLength(200);
            builder.Property(o => o.Stage).HasMaxLength(100);
            builder.Property(o => o.Unit).HasMaxLength(50);
            builder.Ignore(o => o.Done);
            builder.HasIndex(o => new { o.TenantId, o.Target }).IsUnique()
                .HasFilter("state IN ('Queued', 'Running', 'Cancelling')").HasDatabaseName("ux_operations_one_per_target");
            builder.HasIndex(o => o.CreatedAt).HasFilter("state IN ('Queued', 'Running', 'Cancelling')");
        }
    }
}
