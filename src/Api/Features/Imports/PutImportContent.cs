using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Noah.Api.Platform.Errors;
using Noah.Api.Platform.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Imports;

/// <summary>Takes a file of any size as a stream of parts. One transaction, so that a broken upload leaves what was there before.</summary>
internal static class PutImportContent
{
    private const int PartBytes = 1 << 20;

    /// <summary>Of the unpacked content: a small gzip can unpack to more than any disk.</summary>
    private const long MaximumBytes = 16L << 30;

    internal static async Task<Results<Ok<ImportView>, ProblemHttpResult>> HandleAsync(
        string id, HttpRequest request, NoahDbContext db, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim() is not "text/csv")
        {
            return Problems.Result(ProblemType.UnsupportedMedia, "Send the file as text/csv.");
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "gzip"))
        {
            return Problems.Result(ProblemType.UnsupportedMedia, $"Content-Encoding can be gzip or absent, not '{encoding}'.");
        }

        if (!PublicId.TryParse(Import.Prefix, id, out var importId)
            || await db.Set<Import>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == importId, cancellationToken) is not { } import)
        {
            return Problems.NotFound($"imports/{id}");
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Taking the row first makes a second upload of the same import wait for this one.
        var taken = await db.Set<Import>()
            .Where(i => i.Id == importId && i.State != ImportState.Running && i.State != ImportState.Completed)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Ready), cancellationToken);
        if (taken == 0)
        {
            return Problems.Transition(import.ResourceName(), ImportView.StateName(import.State), "content");
        }

        await db.Set<ImportPart>().Where(p => p.ImportId == importId).ExecuteDeleteAsync(cancellationToken);
        long bytes;
        try
        {
            await using var content = encoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true) : request.Body;
            bytes = await StoreAsync(importId, content, db, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Problems.Result(ProblemType.Validation, "The content is not the gzip that its Content-Encoding says.");
        }

        if (bytes > MaximumBytes)
        {
            return Problems.Result(ProblemType.PayloadTooLarge, $"The content is longer than {MaximumBytes} bytes.");
        }

        await db.Set<Import>().Where(i => i.Id == importId).ExecuteUpdateAsync(set => set.SetProperty(i => i.Bytes, bytes), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        (import.State, import.Bytes) = (ImportState.Ready, bytes);
        return TypedResults.Ok(ImportView.Of(import));
    }

    private static async Task<long> StoreAsync(Guid importId, Stream content, NoahDbContext db, CancellationToken cancellationToken)
    {
        var connection = await db.OpenConnectionAsync(cancellationToken);
        var ordinal = new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer };
        var part = new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea };
        await using var insert = new NpgsqlCommand(
            "INSERT INTO import_parts (tenant_id, import_id, ordinal, content) VALUES (noah_tenant(), $1, $2, $3)", connection)
        {
            Parameters = { new() { Value = importId }, ordinal, part },
        };
        var buffer = ArrayPool<byte>.Shared.Rent(PartBytes);
        try
        {
            var total = 0L;
            for (var number = 0; total <= MaximumBytes; number++)
            {
                var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartBytes), PartBytes, throwOnEndOfStream: false, cancellationToken);
                if (length == 0)
                {
                    break;
                }

                (ordinal.Value, part.Value) = (number, buffer.AsMemory(0, length));
                await insert.ExecuteNonQueryAsync(cancellationToken);
                total += length;
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
