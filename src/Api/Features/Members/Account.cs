using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>A company (2B) that members belong to.</summary>
internal sealed class Account : ITenantOwned
{
    public const string Prefix = "acc";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string ExternalId { get; init; }

    public required string Name { get; set; }

    public required JsonDocument Attributes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Account>
    {
        public void Configure(EntityTypeBuilder<Account> builder)
        {
            builder.ToTable("accounts");
            builder.HasKey(a => new { a.TenantId, a.Id });
            builder.Property(a => a.ExternalId).HasMaxLength(200);
            builder.Property(a => a.Name).HasMaxLength(200);
            builder.HasIndex(a => new { a.TenantId, a.ExternalId }).IsUnique();
        }
    }
}
