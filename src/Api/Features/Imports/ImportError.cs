using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

/// <summary>A row that was not imported: its line, the column at fault and why.</summary>
internal sealed class ImportError : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ImportId { get; init; }

    /// <summary>Line in the file; the header is line 1.</summary>
    public long Line { get; init; }

    public string? Column { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ImportError>
    {
        public void Configure(EntityTypeBuilder<ImportError> builder)
        {
            builder.ToTable("import_errors");
            builder.HasKey(e => new { e.TenantId, e.ImportId, e.Line });
            builder.Property(e => e.Column).HasMaxLength(200);
            builder.Property(e => e.Code).HasMaxLength(64);
            builder.Property(e => e.Message).HasMaxLength(500);
        }
    }
}
