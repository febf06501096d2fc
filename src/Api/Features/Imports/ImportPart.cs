using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

/// <summary>A piece of an uploaded file. Kept in the database, so that any worker can run the import and a restart loses nothing.</summary>
internal sealed class ImportPart : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ImportId { get; init; }

    public int Ordinal { get; init; }

    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ImportPart>
    {
        public void Configure(EntityTypeBuilder<ImportPart> builder)
        {
            builder.ToTable("import_parts");
            builder.HasKey(p => new { p.TenantId, p.ImportId, p.Ordinal });
        }
    }
}
