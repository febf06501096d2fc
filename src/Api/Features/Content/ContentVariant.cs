using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Content;

/// <summary>One wording of a campaign, as Handlebars templates over the member's attributes.</summary>
internal sealed class ContentVariant : ITenantOwned
{
    public const string Prefix = "var";

    public Guid TenantId { get; set; }

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid CampaignId { get; init; }

    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string Html { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ContentVariant>
    {
        public void Configure(EntityTypeBuilder<ContentVariant> builder)
        {
            builder.ToTable("content_variants");
            builder.HasKey(v => new { v.TenantId, v.Id });
            builder.Property(v => v.Name).HasMaxLength(100);
            builder.Property(v => v.Subject).HasMaxLength(400);
            builder.HasIndex(v => new { v.TenantId, v.CampaignId, v.Name }).IsUnique();
        }
    }
}
