using CsvHelper;

namespace Noah.Api.Features.Imports;

/// <summary>Takes the rows of one kind of import: reads each, keeps it, and stores what it kept in one go.</summary>
internal interface IImportTarget
{
    /// <summary>Rows kept since the last flush.</summary>
    int Pending { get; }

    /// <summary>Keeps the row, or says what is wrong with it.</summary>
    RowFault? Accept(CsvReader row);

    /// <summary>Stores the rows kept, on the caller's transaction; answers those that only the database could refuse.</summary>
    Task<IReadOnlyList<RowFault>> FlushAsync(CancellationToken cancellationToken);
}
