using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Members;

/// <summary>A person (2C), or a person at an account (2B).</summary>
internal sealed class Member : ITenantOwned
{
    public const string Prefix = "mem";

    public Guid TenantId { get; set; }

    /// <summary>Follows from the tenant's salt and <see cref="ExternalId"/>: <see cref="MemberIdentity"/>.</summary>
    public Guid Id { get; init; }

    /// <summary>The tenant's own identifier: imports upsert by it.</summary>
    public required string ExternalId { get; init; }

    public Guid? AccountId { get; set; }

    public string? Email { get; set; }

    /// <summary>IANA zone; the tenant's when null.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Values of the tenant's declared attributes, by name.</summary>
    public required JsonDocument Attributes { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> builder)
        {
            builder.ToTable("members");
            builder.HasKey(m => new { m.TenantId, m.Id });
            builder.Property(m => m.ExternalId).HasMaxLength(200);
            builder.Property(m => m.Email).HasMaxLength(320);
            builder.Property(m => m.TimeZone).HasMaxLength(64);
            builder.HasIndex(m => new { m.TenantId, m.ExternalId }).IsUnique();
            builder.HasIndex(m => new { m.TenantId, m.AccountId });
        }
    }
}
