using CsvHelper;
using Noah.Api.Platform.Errors;

namespace Noah.Api.Features.Imports;

/// <summary>A declared column, found in the file's header.</summary>
internal sealed record ImportColumn(string Name, int Index)
{
    /// <summary>The row's value in this column, without surrounding blanks; empty when it says nothing.</summary>
    public string Read(CsvReader row) => row.GetString(Index);

    public RowFault Fault(long line, string code, string message) => new(line, Name, code, message);
}

/// <summary>Finds the declared columns in a header, and refuses the file with every one that is not there.</summary>
internal sealed class ImportHeader(string[] names)
{
    private readonly List<FieldError> _missing = [];

    public ImportColumn Require(string? column, string pointer) => Find(column, pointer) ?? new ImportColumn("", 0);

    /// <summary>Null when the column was not declared.</summary>
    public ImportColumn? Find(string? column, string pointer)
    {
        if (column is null)
        {
            return null;
        }

        var index = Array.IndexOf(names, column);
        if (index < 0 || Array.LastIndexOf(names, column) != index)
        {
            _missing.Add(index < 0
                ? new FieldError(pointer, "missingColumn", $"The file has no column '{column}'.", names)
                : new FieldError(pointer, "ambiguousColumn", $"The file has more than one column '{column}'."));
            return null;
        }

        return new ImportColumn(column, index);
    }

    public void Check()
    {
        if (_missing.Count > 0)
        {
            throw new ProblemException(ProblemType.Validation, string.Join(" ", _missing.Select(m => m.Message)), [.. _missing]);
        }
    }
}
