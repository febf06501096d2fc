namespace Noah.Prediction.Features;

/// <summary>A columnar batch of units: every column has one value for each row. Immutable.</summary>
public sealed class FeatureTable
{
    private readonly Dictionary<string, FeatureColumn> _byName;

    /// <summary>Checks and keeps the columns.</summary>
    /// <param name="columns">At least one; unique names, equal row counts.</param>
    /// <exception cref="ArgumentException">No column, a name twice, or a column whose row count differs (the message names it).</exception>
    public FeatureTable(IReadOnlyList<FeatureColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A feature table needs at least one column.", nameof(columns));
        }
        Columns = [.. columns];
        Rows = columns[0].Rows;
        _byName = new Dictionary<string, FeatureColumn>(StringComparer.Ordinal);
        foreach (var column in Columns)
        {
            if (!_byName.TryAdd(column.Spec.Name, column))
            {
                throw new ArgumentException($"Feature '{column.Spec.Name}' appears twice.", nameof(columns));
            }
            if (column.Rows != Rows)
            {
                throw new ArgumentException(
                    $"Feature '{column.Spec.Name}' has {column.Rows} rows; '{columns[0].Spec.Name}' has {Rows}.", nameof(columns));
            }
        }
    }

    /// <summary>Number of rows; may be 0.</summary>
    public int Rows { get; }

    /// <summary>The columns in the order given.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Names and kinds in the order given.</summary>
    public IReadOnlyList<FeatureSpec> Schema => [.. Columns.Select(column => column.Spec)];

    /// <summary>The column of that name and kind.</summary>
    /// <param name="spec">Name (ordinal), kind and period that are asked for.</param>
    /// <exception cref="ArgumentException">There is no such column, or it is of another kind or period.</exception>
    public FeatureColumn Column(FeatureSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (!_byName.TryGetValue(spec.Name, out var column))
        {
            throw new ArgumentException($"Feature '{spec.Name}' is missing from the table.", nameof(spec));
        }
        if (column.Spec.Kind != spec.Kind)
        {
            throw new ArgumentException($"Feature '{spec.Name}' is {column.Spec.Kind} in the table; {spec.Kind} is needed.", nameof(spec));
        }
        return column.Spec.Period == spec.Period
            ? column
            : throw new ArgumentException(
                $"Feature '{spec.Name}' has period {column.Spec.Period} in the table; {spec.Period} is needed.", nameof(spec));
    }

    /// <summary>A table of the rows asked for, in that order; a row may appear more than once.</summary>
    /// <param name="rows">Row numbers in [0, Rows).</param>
    /// <exception cref="ArgumentOutOfRangeException">A row number is outside [0, Rows).</exception>
    public FeatureTable Select(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)Rows)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"A row number must be in [0, {Rows}).");
            }
        }
        var selected = new FeatureColumn[Columns.Count];
        for (int c = 0; c < selected.Length; c++)
        {
            selected[c] = Columns[c].Select(rows);
        }
        return new FeatureTable(selected);
    }
}
