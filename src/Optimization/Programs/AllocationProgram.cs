namespace Noah.Optimization.Programs;

/// <summary>
/// Choose actions for units to maximise value under coupling rules (noah.md §3.1, after the constraint families of the NOAH successors):
/// <c>max Σ value·x</c> subject to <c>Σ x ≤ frequency cap</c> for each unit, each <see cref="CouplingRow"/>, and <c>0 ≤ x ≤ 1</c>.
/// </summary>
/// <remarks>
/// Units × actions in compressed rows; an edge is an eligible (unit, action) pair and x its probability of being chosen.
/// "No action" is implicit for every unit, has value 0 and uses nothing. Immutable; built and validated by
/// <see cref="AllocationProgramBuilder"/>.
/// </remarks>
public sealed class AllocationProgram
{
    private readonly int[] _rowStart;
    private readonly int[] _actions;
    private readonly double[] _values;
    private readonly int[] _frequencyCaps;
    private readonly ulong[] _unitKeys;
    private readonly CouplingRow[] _rows;

    internal AllocationProgram(
        int[] rowStart, int[] actions, double[] values, int[] frequencyCaps, ulong[] unitKeys, CouplingRow[] rows)
    {
        _rowStart = rowStart;
        _actions = actions;
        _values = values;
        _frequencyCaps = frequencyCaps;
        _unitKeys = unitKeys;
        _rows = rows;
        Rows = Array.AsReadOnly(rows);
    }

    /// <summary>Number of units (members, accounts, segments).</summary>
    public int UnitCount => _rowStart.Length - 1;

    /// <summary>Number of eligible (unit, action) pairs.</summary>
    public int EdgeCount => _actions.Length;

    /// <summary>First edge of each unit, then the number of edges; shape [units + 1], ascending from 0.</summary>
    public ReadOnlySpan<int> RowStart => _rowStart;

    /// <summary>Action index of each edge, ≥ 0, distinct within a unit; shape [edges].</summary>
    public ReadOnlySpan<int> Actions => _actions;

    /// <summary>Value of choosing each edge, in the money unit of the caller, relative to no action; finite, may be negative; shape
    /// [edges].</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Greatest number of actions of each unit, ≥ 0; shape [units].</summary>
    public ReadOnlySpan<int> FrequencyCaps => _frequencyCaps;

    /// <summary>Stable key of each unit for seeded hashing (partition, exploration); the unit's index where none was given; shape
    /// [units].</summary>
    public ReadOnlySpan<ulong> UnitKeys => _unitKeys;

    /// <summary>The coupling rows, in the order in which they were added; dual prices follow this order.</summary>
    public IReadOnlyList<CouplingRow> Rows { get; }

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
        return new AllocationProgram(_rowStart, _actions, _values, _frequencyCaps, _unitKeys, rows);
    }
}
