using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Segments;

/// <summary>A marketer's filter over members: a typed tree, never SQL.</summary>
internal sealed class Segment : ITenantOwned, IVersioned
{
    public const string Prefix = "seg";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    public required JsonDocument Filter { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Version { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Segment>
    {
        public void Configure(EntityTypeBuilder<Segment> builder)
        {
            builder.ToTable("segments");
            builder.HasKey(s => new { s.TenantId, s.Id });
            builder.Property(s => s.Name).HasMaxLength(200);
        }
    }
}
