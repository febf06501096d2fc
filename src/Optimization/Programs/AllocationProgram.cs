namespace Noah.Optimization.Programs;

/// <summary>
/// Choose actions for units to maximise value under coupling rules (noah.md §3.1, after the constraint families of the NOAH successors):
/// <c>max Σ value·x</c> subject to the frequency and channel caps of each unit, each <see cref="CouplingRow"/>, and <c>0 ≤ x ≤ 1</c>.
/// </summary>
/// <remarks>
/// Units × actions in compressed rows; an edge is an eligible (unit, action) pair and x its probability of being chosen.
/// "No action" is implicit for every unit, has value 0 and uses nothing. An edge takes 8 bytes and 4 more for each measure that differs
/// within an action; what the stored numbers say is the program, for every solver and for the certificate.
/// Immutable; built and validated by <see cref="AllocationProgramBuilder"/>.
/// </remarks>
public sealed class AllocationProgram
{
    private readonly int[] _rowStart;
    private readonly int[] _actions;
    private readonly float[] _values;
    private readonly ulong[]? _unitKeys;
    private readonly CouplingRow[] _rows;
    private readonly Measure[] _measures;

    internal AllocationProgram(
        int[] rowStart, int[] actions, float[] values, UnitLimits limits, ulong[]? unitKeys, int actionCount, Measure[] measures, CouplingRow[] rows,
        ActionTerms? terms = null)
    {
        _rowStart = rowStart;
        _actions = actions;
        _values = values;
        _unitKeys = unitKeys;
        _rows = rows;
        _measures = measures;
        Limits = limits;
        ActionCount = actionCount;
        Rows = Array.AsReadOnly(rows);
        Measures = Array.AsReadOnly(measures);
        Terms = terms ?? new ActionTerms(actionCount, rows);
    }

    /// <summary>Number of units (members, accounts, segments).</summary>
    public int UnitCount => _rowStart.Length - 1;

    /// <summary>Number of eligible (unit, action) pairs.</summary>
    public int EdgeCount => _actions.Length;

    /// <summary>One more than the greatest action index.</summary>
    public int ActionCount { get; }

    /// <summary>First edge of each unit, then the number of edges; shape [units + 1], ascending from 0.</summary>
    public ReadOnlySpan<int> RowStart => _rowStart;

    /// <summary>Action index of each edge, ≥ 0, distinct within a unit; shape [edges].</summary>
    public ReadOnlySpan<int> Actions => _actions;

    /// <summary>Value of choosing each edge, in the money unit of the caller, relative to no action; finite, may be negative; shape
    /// [edges].</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>How many actions each unit may receive.</summary>
    public UnitLimits Limits { get; }

    /// <summary>What rows sum; the first counts actions.</summary>
    public IReadOnlyList<Measure> Measures { get; }

    /// <summary>The coupling rows, in the order in which they were added; dual prices follow this order.</summary>
    public IReadOnlyList<CouplingRow> Rows { get; }

    /// <summary>The rows that each action counts in.</summary>
    internal ActionTerms Terms { get; }

    /// <summary>The row array itself, for inner loops.</summary>
    internal CouplingRow[] RowArray => _rows;

    /// <summary>The measure array itself, for inner loops.</summary>
    internal Measure[] MeasureArray => _measures;

    internal float[] ValueArray => _values;

    internal int[] ActionArray => _actions;

    internal int[] RowStartArray => _rowStart;

    /// <summary>Stable key of a unit for seeded hashing (partition, exploration).</summary>
    /// <param name="unit">Unit index.</param>
    /// <returns>The key it was given; its index when none was.</returns>
    public ulong UnitKey(int unit) => _unitKeys is { } keys ? keys[unit] : (ulong)unit;

    /// <summary>Use of a row by choosing an edge.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <param name="edge">Edge index.</param>
    /// <returns>The coefficient, ≥ 0; 0 when the row does not cover the edge's action.</returns>
    public double Coefficient(int row, int edge) => _rows[row].Covers(_actions[edge]) ? _rows[row].Measure.Of(edge, _actions[edge]) : 0;

    /// <summary>The same program with other bounds for one row.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    /// <param name="lower">New lower bound, finite and ≥ 0, or null for none.</param>
    /// <param name="upper">New upper bound, finite, ≥ 0 and ≥ <paramref name="lower"/>, or null for none.</param>
    /// <returns>A program that shares everything else with this one.</returns>
    /// <exception cref="ArgumentException">The index is out of range or the bounds are not an interval.</exception>
    public AllocationProgram WithBounds(int row, double? lower, double? upper)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _rows.Length);
        ProgramValidation.CheckBounds(_rows[row].Name, lower, upper);
        var rows = (CouplingRow[])_rows.Clone();
        rows[row] = rows[row].WithBounds(lower, upper);
        return WithRows(rows);
    }

    /// <summary>The same units and edges under the same rows with other bounds.</summary>
    internal AllocationProgram WithRows(CouplingRow[] rows) =>
        new(_rowStart, _actions, _values, Limits, _unitKeys, ActionCount, _measures, rows, Terms);
}
