using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Http;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

/// <summary>The rows that were not imported: a page as JSON, or all that are kept as a file when the caller accepts text/csv.</summary>
internal static class ListImportErrors
{
    internal sealed record Item(long Line, string? Column, string Code, string Message);

    // The file will be opened in a spreadsheet, which runs cells that look like formulas.
    private static readonly CsvWriterOptions Format = new() { Injection = CsvInjection.Escape };

    internal static async Task<Results<Ok<Page<Item>>, PushStreamHttpResult, ProblemHttpResult>> HandleAsync(
        string id, [AsParameters] PageQuery page, HttpRequest request, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (await GetImport.FindAsync(id, db, cancellationToken) is not { } import)
        {
            return Problems.NotFound($"imports/{id}");
        }

        var errors = db.Set<ImportError>().AsNoTracking().Where(e => e.ImportId == import.Id).OrderBy(e => e.Line);
        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/csv"))
        {
            return TypedResults.Stream(stream => WriteAsync(errors, stream, cancellationToken), "text/csv; charset=utf-8", $"{id}-errors.csv");
        }

        var after = long.TryParse(page.PageToken, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;
        var rows = await errors.Where(e => e.Line > after).Take(page.Size + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        return TypedResults.Ok(new Page<Item>(
            [.. shown.Select(e => new Item(e.Line, e.Column, e.Code, e.Message))], rows.Count > page.Size ? shown[^1].Line.ToString(CultureInfo.InvariantCulture) : ""));
    }

    private static async Task WriteAsync(IQueryable<ImportError> errors, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, Format, leaveOpen: true);
        await csv.WriteRecordAsync(["line", "column", "code", "message"], cancellationToken);
        await foreach (var error in errors.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(
                [error.Line.ToString(CultureInfo.InvariantCulture), error.Column ?? "", error.Code, error.Message], cancellationToken);
        }
    }
}
