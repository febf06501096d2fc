using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>One attribute that the tenant's members may have. An undeclared attribute in an import is a row error, not a silent column.</summary>
internal sealed class AttributeDefinition : ITenantOwned
{
    public Guid TenantId { get; set; }

    public required string Name { get; init; }

    public AttributeType Type { get; init; }

    /// <summary>Personal data: never a model feature, shown only to keys with members:pii.</summary>
    public bool Personal { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AttributeDefinition>
    {
        public void Configure(EntityTypeBuilder<AttributeDefinition> builder)
        {
            builder.ToTable("attribute_definitions");
            builder.HasKey(a => new { a.TenantId, a.Name });
            builder.Property(a => a.Name).HasMaxLength(64);
        }
    }
}
