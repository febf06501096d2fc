using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Tenancy;

/// <summary>A customer of this installation. One currency; a holdout that every plan honours.</summary>
internal sealed class Tenant : ITenantOwned
{
    public const string Prefix = "ten";

    public Guid TenantId { get; set; }

    public required string Name { get; init; }

    /// <summary>ISO 4217: all money of the tenant is in it.</summary>
    public required string Currency { get; init; }

    /// <summary>IANA zone of members who have none.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Share of members, in [0, 1), whom no plan ever mails: the yardstick of everything sent.</summary>
    public double HoldoutShare { get; init; }

    /// <summary>Salt of the tenant's random assignments.</summary>
    public required string Salt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Tenant>
    {
        public void Configure(EntityTypeBuilder<Tenant> builder)
        {
            builder.ToTable("tenants");
            builder.HasKey(t => t.TenantId);
            builder.Property(t => t.Name).HasMaxLength(200);
            builder.Property(t => t.Currency).HasMaxLength(3).IsFixedLength();
            builder.Property(t => t.TimeZone).HasMaxLength(64);
            builder.Property(t => t.Salt).HasMaxLength(64);
        }
    }
}
