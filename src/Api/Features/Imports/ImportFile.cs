using System.Text.Unicode;
using CsvHelper;

namespace Noah.Api.Features.Imports;

/// <summary>How uploaded files are read: CSV (RFC 4180) in UTF-8 with a header, separated by comma, semicolon or tab.</summary>
internal static class ImportFile
{
    private const int MaximumRowBytes = 1 << 20;

    /// <summary>
    /// Opens the file; rows that can't be taken apart are told to <paramref name="onMalformed"/> and skipped. A line break ends a row even
    /// inside quotes: otherwise one quote that is never closed would swallow every row behind it.
    /// </summary>
    public static CsvReader Open(Stream content, Action<RowFault> onMalformed) => CsvReader.Create(
        content,
        new CsvReaderOptions
        {
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = record => onMalformed(Describe(record)),
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            SkipEmptyLines = true,
            MaxRecordSize = MaximumRowBytes,
            IncludeValuesInExceptions = false,
        },
        leaveOpen: true);

    /// <summary>The fault of a row that is not UTF-8, or that has a null character, which the database's text can't hold.</summary>
    public static RowFault? FaultOfText(CsvReader row) => Utf8.IsValid(row.RawRecord) && !row.RawRecord.Contains((byte)0)
        ? null
        : new RowFault(row.LineNumber, null, "encoding", "The row is not UTF-8 text.");

    private static RowFault Describe(CsvMalformedRecord record) => record.Reason == CsvMalformedReason.FieldCountMismatch
        ? new RowFault(record.LineNumber, null, "fieldCount", "The row has not as many fields as the header.")
        : new RowFault(record.LineNumber, null, "malformed", "A quote is not closed on its line, or stands where none may.");
}
