using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Experiments;

/// <summary>One computed report of an experiment: immutable, numbered, with the digest of what it was computed from.</summary>
internal sealed class Analysis : ITenantOwned
{
    public const string Prefix = "anl";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid ExperimentId { get; init; }

    public int Number { get; init; }

    public required JsonDocument Report { get; init; }

    /// <summary>SHA-256 over the outcomes per member: equal inputs, equal report.</summary>
    public required byte[] InputsDigest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Analysis>
    {
        public void Configure(EntityTypeBuilder<Analysis> builder)
        {
            builder.ToTable("analyses");
            builder.HasKey(a => new { a.TenantId, a.Id });
            builder.HasIndex(a => new { a.TenantId, a.ExperimentId, a.Number }).IsUnique();
        }
    }
}
