using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;

namespace Noah.Api.Features.Imports;

internal static class GetImport
{
    internal static async Task<Results<Ok<ImportView>, ProblemHttpResult>> HandleAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(id, db, cancellationToken) is { } import ? TypedResults.Ok(ImportView.Of(import)) : Problems.NotFound($"imports/{id}");

    internal static async Task<Import?> FindAsync(string id, NoahDbContext db, CancellationToken cancellationToken) =>
        PublicId.TryParse(Import.Prefix, id, out var importId)
            ? await db.Set<Import>().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken)
            : null;
}
