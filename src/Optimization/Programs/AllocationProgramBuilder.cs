using System.Runtime.InteropServices;

namespace Noah.Optimization.Programs;

/// <summary>
/// Collects units, edges and rows and validates them once, in <see cref="Build"/>. Faults name the unit or the row.
/// Either unit by unit (<see cref="AddUnit"/>, <see cref="AddEdge"/>) or in bulk (<see cref="FromArrays"/>); rows come after the edges.
/// </summary>
public sealed class AllocationProgramBuilder
{
    private readonly List<int> _rowStart = [0];
    private readonly List<int> _actions = [];
    private readonly List<double> _values = [];
    private readonly List<int> _caps = [];
    private readonly List<ulong> _keys = [];
    private readonly List<(string Name, RowKind Kind, double? Lower, double? Upper, int[] Edges, double[] Coefficients)> _rows = [];

    /// <summary>Takes units and edges in compressed rows at once.</summary>
    /// <param name="rowStart">First edge of each unit, then the number of edges; shape [units + 1], ascending from 0.</param>
    /// <param name="actions">Action index of each edge, ≥ 0; shape [edges].</param>
    /// <param name="values">Value of each edge in money; shape [edges].</param>
    /// <param name="frequencyCaps">Greatest number of actions of each unit; shape [units]; empty means 1 for all.</param>
    /// <param name="unitKeys">Stable keys for seeded hashing; shape [units]; empty means the unit's index.</param>
    /// <returns>A builder that waits for rows.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static AllocationProgramBuilder FromArrays(
        ReadOnlySpan<int> rowStart,
        ReadOnlySpan<int> actions,
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> frequencyCaps = default,
        ReadOnlySpan<ulong> unitKeys = default)
    {
        if (rowStart.IsEmpty || rowStart[0] != 0 || rowStart[^1] != actions.Length)
        {
            throw new ArgumentException($"Row start must run from 0 to the number of edges, {actions.Length}.", nameof(rowStart));
        }

        var units = rowStart.Length - 1;
        CheckLength(values.Length, actions.Length, nameof(values));
        CheckLength(frequencyCaps.Length, frequencyCaps.IsEmpty ? 0 : units, nameof(frequencyCaps));
        CheckLength(unitKeys.Length, unitKeys.IsEmpty ? 0 : units, nameof(unitKeys));

        var builder = new AllocationProgramBuilder();
        builder._rowStart.AddRange(rowStart[1..]);
        builder._actions.AddRange(actions);
        builder._values.AddRange(values);
        for (var unit = 0; unit < units; unit++)
        {
            builder._caps.Add(frequencyCaps.IsEmpty ? 1 : frequencyCaps[unit]);
            builder._keys.Add(unitKeys.IsEmpty ? (ulong)unit : unitKeys[unit]);
        }

        return builder;
    }

    /// <summary>Adds a unit; the edges that follow belong to it.</summary>
    /// <param name="frequencyCap">Greatest number of actions, ≥ 0; 0 keeps the unit in the program without any action.</param>
    /// <param name="key">Stable key for seeded hashing; default is the unit's index.</param>
    /// <returns>Index of the unit.</returns>
    public int AddUnit(int frequencyCap = 1, ulong? key = null)
    {
        var unit = _caps.Count;
        _caps.Add(frequencyCap);
        _keys.Add(key ?? (ulong)unit);
        _rowStart.Add(_actions.Count);
        return unit;
    }

    /// <summary>Makes an action eligible for the unit added last.</summary>
    /// <param name="action">Action index, ≥ 0.</param>
    /// <param name="value">Value relative to no action, in money.</param>
    /// <returns>Index of the edge.</returns>
    /// <exception cref="InvalidOperationException">No unit was added yet.</exception>
    public int AddEdge(int action, double value)
    {
        if (_caps.Count == 0)
        {
            throw new InvalidOperationException("An edge belongs to the unit added last; add a unit first.");
        }

        _actions.Add(action);
        _values.Add(value);
        _rowStart[^1] = _actions.Count;
        return _actions.Count - 1;
    }

    /// <summary>Adds a coupling row over all edges added so far.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="kind">What the row limits.</param>
    /// <param name="lower">Least use, or null.</param>
    /// <param name="upper">Greatest use, or null.</param>
    /// <param name="coefficients">Use of each edge, finite and ≥ 0; shape [edges].</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">One coefficient per edge is needed.</exception>
    public AllocationProgramBuilder AddRow(string name, RowKind kind, double? lower, double? upper, ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != _actions.Count)
        {
            throw new ArgumentException($"Row '{name}': {coefficients.Length} coefficients for {_actions.Count} edges.", nameof(coefficients));
        }

        _rows.Add((name, kind, lower, upper, [.. Enumerable.Range(0, coefficients.Length)], coefficients.ToArray()));
        return this;
    }

    /// <summary>Adds a coupling row over some edges.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="kind">What the row limits.</param>
    /// <param name="lower">Least use, or null.</param>
    /// <param name="upper">Greatest use, or null.</param>
    /// <param name="edges">Edges of the row, ascending; shape [entries].</param>
    /// <param name="coefficients">Use of each of them, finite and ≥ 0; shape [entries].</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">Edges and coefficients differ in length.</exception>
    public AllocationProgramBuilder AddRow(
        string name, RowKind kind, double? lower, double? upper, ReadOnlySpan<int> edges, ReadOnlySpan<double> coefficients)
    {
        CheckLength(coefficients.Length, edges.Length, nameof(coefficients));
        _rows.Add((name, kind, lower, upper, edges.ToArray(), coefficients.ToArray()));
        return this;
    }

    /// <summary>Adds a row that counts the choices of one action, with coefficient 1 on each of its edges added so far.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="action">Action index.</param>
    /// <param name="lower">Least number, or null.</param>
    /// <param name="upper">Greatest number, or null.</param>
    /// <returns>This builder.</returns>
    public AllocationProgramBuilder AddVolumeRow(string name, int action, double? lower, double? upper)
    {
        int[] edges = [.. Enumerable.Range(0, _actions.Count).Where(edge => _actions[edge] == action)];
        var ones = new double[edges.Length];
        Array.Fill(ones, 1.0);
        _rows.Add((name, RowKind.Volume, lower, upper, edges, ones));
        return this;
    }

    /// <summary>Validates everything and freezes it.</summary>
    /// <returns>The program.</returns>
    /// <exception cref="ArgumentException">
    /// A value or coefficient is not finite, a coefficient, cap or bound is negative, lower exceeds upper, an edge is repeated or out of
    /// range, or a row's name is blank or taken. The message names the unit or the row.
    /// </exception>
    public AllocationProgram Build()
    {
        ProgramValidation.CheckUnits(
            CollectionsMarshal.AsSpan(_rowStart), CollectionsMarshal.AsSpan(_actions), CollectionsMarshal.AsSpan(_values), CollectionsMarshal.AsSpan(_caps));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rows = new CouplingRow[_rows.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            var (name, kind, lower, upper, edges, coefficients) = _rows[row];
            if (string.IsNullOrWhiteSpace(name) || !names.Add(name))
            {
                throw new ArgumentException($"Row {row}: name '{name}' is blank or taken.", nameof(name));
            }

            ProgramValidation.CheckBounds(name, lower, upper);
            ProgramValidation.CheckCoefficients(name, edges, coefficients, _actions.Count);
            rows[row] = WithoutZeros(name, kind, lower, upper, edges, coefficients);
        }

        return new AllocationProgram([.. _rowStart], [.. _actions], [.. _values], [.. _caps], [.. _keys], rows);
    }

    private static CouplingRow WithoutZeros(string name, RowKind kind, double? lower, double? upper, int[] edges, double[] coefficients)
    {
        if (Array.IndexOf(coefficients, 0.0) < 0)
        {
            return new CouplingRow(name, kind, lower, upper, edges, coefficients);
        }

        int[] kept = [.. Enumerable.Range(0, edges.Length).Where(i => coefficients[i] > 0)];
        return new CouplingRow(name, kind, lower, upper, [.. kept.Select(i => edges[i])], [.. kept.Select(i => coefficients[i])]);
    }

    private static void CheckLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Length {actual} must be {expected}.", parameter);
        }
    }
}
