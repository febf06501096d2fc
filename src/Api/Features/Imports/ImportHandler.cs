using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Features.Operations.Contracts;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Imports;

/// <summary>
/// Runs an import: batches of rows, each in a transaction of its own together with its errors and counts. After a crash it starts
/// over; storing a row twice is storing it once. What is completed stays so: its file is gone, and cannot be read again.
/// </summary>
internal sealed class ImportHandler(NoahDbContext db, ImportTargets targets) : IOperationHandler
{
    public const string KindName = "imports.run";
    private const int BatchRows = 5_000;

    public string Kind => KindName;

    public string Scope => Scopes.MembersWrite;

    public async Task<OperationOutcome> RunAsync(OperationRun run, CancellationToken cancellationToken)
    {
        PublicId.TryParse(Import.Prefix, run.TargetId, out var importId);
        var import = await db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken)
            ?? throw new ProblemException(ProblemType.NotFound, $"{run.Target} does not exist.");
        if (import.State == ImportState.Completed)
        {
            return Outcome(run, import.RowsImported, import.RowsFailed);
        }

        try
        {
            await SaveAsync(importId, ImportState.Running, 0, 0, cancellationToken);
            await db.Set<ImportError>().Where(e => e.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
            var (imported, failed) = await ImportAsync(import, run, cancellationToken);
            await CompleteAsync(importId, imported, failed, cancellationToken);
            return Outcome(run, imported, failed);
        }
        catch (Exception exception)
        {
            await db.Set<Import>().Where(i => i.Id == importId && i.State == ImportState.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Failed), CancellationToken.None);
            if (exception is CsvFormatException)
            {
                throw new ProblemException(ProblemType.Validation, "The file can't be read as CSV: a row is longer than any row may be.");
            }

            throw;
        }
    }

    private async Task<(long Imported, long Failed)> ImportAsync(Import import, OperationRun run, CancellationToken cancellationToken)
    {
        await using var content = new ImportPartStream(await db.OpenConnectionAsync(cancellationToken), import.Id);
        var errors = new ImportErrorLog(db, import.Id);
        await using var row = ImportFile.Open(content, errors.Add);
        await row.ReadHeaderAsync(cancellationToken);
        var target = await targets.CreateAsync(import, new ImportHeader([.. row.Headers]), cancellationToken);
        var imported = 0L;
        while (await row.ReadAsync(cancellationToken))
        {
            if ((ImportFile.FaultOfText(row) ?? target.Accept(row)) is { } fault)
            {
                errors.Add(fault);
            }

            if (target.Pending == BatchRows)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();
        return (imported, errors.Count);

        async Task FlushAsync()
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var pending = target.Pending;
            var refused = await target.FlushAsync(cancellationToken);
            foreach (var fault in refused)
            {
                errors.Add(fault);
            }

            imported += pending - refused.Count;
            await errors.WriteAsync(cancellationToken);
            await SaveAsync(import.Id, ImportState.Running, imported, errors.Count, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            await run.ReportAsync("import", content.Position, import.Bytes, "bytes", cancellationToken);
        }
    }

    /// <summary>The file has done its work, and it holds personal data: it goes with the import's completion, never before it.</summary>
    private async Task CompleteAsync(Guid importId, long imported, long failed, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Set<ImportPart>().Where(p => p.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
        await SaveAsync(importId, ImportState.Completed, imported, failed, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static OperationOutcome Outcome(OperationRun run, long imported, long failed) =>
        new(run.Target, new { rowsRead = imported + failed, rowsImported = imported, rowsFailed = failed });

    private Task<int> SaveAsync(Guid importId, ImportState state, long imported, long failed, CancellationToken cancellationToken) =>
        db.Set<Import>().Where(i => i.Id == importId).ExecuteUpdateAsync(
            set => set
                .SetProperty(i => i.State, state)
                .SetProperty(i => i.RowsRead, imported + failed)
                .SetProperty(i => i.RowsImported, imported)
                .SetProperty(i => i.RowsFailed, failed),
            cancellationToken);
}
