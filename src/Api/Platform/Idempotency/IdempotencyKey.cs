using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Platform.Idempotency;

/// <summary>A request that took effect once, with the response that every repetition gets. Written in the transaction of the effect.</summary>
internal sealed class IdempotencyKey : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid KeyId { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of the request body.</summary>
    public required byte[] Fingerprint { get; init; }

    public int Status { get; init; }

    /// <summary>Headers of the response that matter to a repetition (Location, ETag, Content-Type).</summary>
    public required JsonDocument Headers { get; init; }

    public required byte[] Body { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<IdempotencyKey>
    {
        public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
        {
            builder.ToTable("idempotency_keys");
            builder.HasKey(k => new { k.TenantId, k.KeyId, k.Method, k.Path, k.Key });
            builder.Property(k => k.Key).HasMaxLength(255);
        }
    }
}
