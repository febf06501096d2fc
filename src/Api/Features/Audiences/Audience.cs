using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Audiences;

internal enum AudienceState
{
    Draft,
    Building,
    Ready,
}

/// <summary>A frozen set of members: those of a segment (core) and those like the best of them (expanded).</summary>
internal sealed class Audience : ITenantOwned, IVersioned
{
    public const string Prefix = "adn";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public Guid SegmentId { get; init; }

    /// <summary>Seeds and size of the expansion; null for the core alone.</summary>
    public JsonDocument? Expansion { get; init; }

    public AudienceState State { get; set; }

    public int CoreCount { get; set; }

    public int ExpandedCount { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FrozenAt { get; set; }

    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Audience>
    {
        public void Configure(EntityTypeBuilder<Audience> builder)
        {
            builder.ToTable("audiences");
            builder.HasKey(a => new { a.TenantId, a.Id });
            builder.Property(a => a.Name).HasMaxLength(200);
        }
    }
}
