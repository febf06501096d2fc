using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

internal enum ImportKind
{
    Members,
    Exposures,
    Events,
}

internal enum ImportState
{
    AwaitingContent,
    Ready,
    Running,
    Completed,
    Failed,
}

/// <summary>A file on its way in: its declaration, its content in parts, and what became of each row.</summary>
internal sealed class Import : ITenantOwned
{
    public const string Prefix = "imp";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public ImportKind Kind { get; init; }

    public ImportState State { get; set; }

    /// <summary>Column mapping, consent declaration, experiment: whatever the kind needs.</summary>
    public required JsonDocument Declaration { get; init; }

    public long Bytes { get; set; }

    public long RowsRead { get; set; }

    public long RowsImported { get; set; }

    public long RowsFailed { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Import>
    {
        public void Configure(EntityTypeBuilder<Import> builder)
        {
            builder.ToTable("imports");
            builder.HasKey(i => new { i.TenantId, i.Id });
        }
    }
}
