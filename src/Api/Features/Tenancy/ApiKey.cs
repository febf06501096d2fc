using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

/// <summary>A right to call the API: scopes, and the hash of a secret that was shown once.</summary>
internal sealed class ApiKey : ITenantOwned
{
    public const string Prefix = "key";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    /// <summary>First characters of the secret, by which a person tells keys apart.</summary>
    public required string Hint { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; init; }

    public required string[] Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> builder)
        {
            builder.ToTable("api_keys");
            builder.HasKey(k => new { k.TenantId, k.Id });
            builder.Property(k => k.Name).HasMaxLength(200);
            builder.Property(k => k.Hint).HasMaxLength(20);
            builder.HasIndex(k => k.SecretHash).IsUnique();
        }
    }
}
