using System.Text.Json;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

/// <summary>An import as the API shows it. Failed rows are all counted; the first <see cref="ImportErrorLog.Capacity"/> are kept.</summary>
internal sealed record ImportView(
    string Name,
    ImportKind Kind,
    string State,
    ImportColumns Columns,
    ImportConsent? Consent,
    string? Experiment,
    long Bytes,
    long RowsRead,
    long RowsImported,
    long RowsFailed,
    DateTimeOffset CreateTime)
{
    public static ImportView Of(Import import)
    {
        var declaration = import.ReadDeclaration();
        return new ImportView(
            import.ResourceName(), import.Kind, StateName(import.State), declaration.Columns, declaration.Consent, declaration.Experiment,
            import.Bytes, import.RowsRead, import.RowsImported, import.RowsFailed, import.CreatedAt);
    }

    public static string StateName(ImportState state) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(state.ToString());
}

internal static class ImportNaming
{
    public static string ResourceName(this Import import) => $"imports/{PublicId.Format(Import.Prefix, import.Id)}";

    public static ImportDeclaration ReadDeclaration(this Import import) => import.Declaration.Deserialize<ImportDeclaration>(OperationJson.Options)!;
}
