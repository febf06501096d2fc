using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Products;

/// <summary>What a campaign sells. Its margin turns spend into the contribution that plans maximise.</summary>
internal sealed class Product : ITenantOwned
{
    public const string Prefix = "prd";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    /// <summary>Business line, such as <c>mens</c>.</summary>
    public required string Line { get; init; }

    /// <summary>Contribution margin as a share of spend, in (0, 1].</summary>
    public double MarginRate { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Product>
    {
        public void Configure(EntityTypeBuilder<Product> builder)
        {
            builder.ToTable("products");
            builder.HasKey(p => new { p.TenantId, p.Id });
            builder.Property(p => p.Name).HasMaxLength(200);
            builder.Property(p => p.Line).HasMaxLength(64);
            builder.HasIndex(p => new { p.TenantId, p.Name }).IsUnique();
        }
    }
}
