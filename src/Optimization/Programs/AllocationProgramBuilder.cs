using System.Runtime.InteropServices;

namespace Noah.Optimization.Programs;

/// <summary>
/// Collects units, edges, measures and rows and validates them once, in <see cref="Build"/>. Faults name the unit or the row.
/// Units come one by one (<see cref="AddUnit"/>, <see cref="AddEdge"/>), copied (<see cref="FromArrays"/>) or taken over
/// (<see cref="FromOwnedArrays"/>); measures and rows come after the edges.
/// </summary>
public sealed class AllocationProgramBuilder
{
    /// <summary>The measure that is always there: one an action, for volume rows.</summary>
    public const int CountMeasure = 0;

    private readonly List<int> _rowStart = [0];
    private readonly List<int> _actions = [];
    private readonly List<float> _values = [];
    private readonly List<int> _caps = [];
    private readonly List<ulong> _keys = [];
    private readonly List<(string Name, float[]? PerEdge, double[]? PerAction)> _measures = [];
    private readonly List<DeclaredRow> _rows = [];
    private (int[] RowStart, int[] Actions, float[] Values)? _owned;
    private byte[] _channelOfAction = [];
    private int[] _channelCaps = [];
    private int _channels;

    private int UnitCount => _owned?.RowStart.Length - 1 ?? _caps.Count;

    private ReadOnlySpan<int> Actions => _owned is { } owned ? owned.Actions : CollectionsMarshal.AsSpan(_actions);

    /// <summary>Copies units and edges in compressed rows.</summary>
    /// <param name="rowStart">First edge of each unit, then the number of edges; shape [units + 1], ascending from 0.</param>
    /// <param name="actions">Action index of each edge, ≥ 0; shape [edges].</param>
    /// <param name="values">Value of each edge in money, kept in single precision; shape [edges].</param>
    /// <param name="frequencyCaps">Greatest number of actions of each unit; shape [units]; empty means 1 for all.</param>
    /// <param name="unitKeys">Stable keys for seeded hashing; shape [units]; empty means the unit's index.</param>
    /// <returns>A builder that waits for measures and rows.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static AllocationProgramBuilder FromArrays(
        ReadOnlySpan<int> rowStart,
        ReadOnlySpan<int> actions,
        ReadOnlySpan<double> values,
        ReadOnlySpan<int> frequencyCaps = default,
        ReadOnlySpan<ulong> unitKeys = default)
    {
        var singles = new float[values.Length];
        for (var edge = 0; edge < singles.Length; edge++)
        {
            singles[edge] = (float)values[edge];
        }

        return FromOwnedArrays(rowStart.ToArray(), actions.ToArray(), singles, frequencyCaps, unitKeys);
    }

    /// <summary>Takes over units and edges in compressed rows without copying them; the caller must not write to the arrays again.</summary>
    /// <param name="rowStart">First edge of each unit, then the number of edges; shape [units + 1], ascending from 0.</param>
    /// <param name="actions">Action index of each edge, ≥ 0; shape [edges].</param>
    /// <param name="values">Value of each edge in money; shape [edges].</param>
    /// <param name="frequencyCaps">Greatest number of actions of each unit; shape [units]; empty means 1 for all.</param>
    /// <param name="unitKeys">Stable keys for seeded hashing; shape [units]; empty means the unit's index.</param>
    /// <returns>A builder that waits for measures and rows.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static AllocationProgramBuilder FromOwnedArrays(
        int[] rowStart, int[] actions, float[] values, ReadOnlySpan<int> frequencyCaps = default, ReadOnlySpan<ulong> unitKeys = default)
    {
        ArgumentNullException.ThrowIfNull(rowStart);
        ArgumentNullException.ThrowIfNull(actions);
        ArgumentNullException.ThrowIfNull(values);
        if (rowStart.Length == 0 || rowStart[0] != 0 || rowStart[^1] != actions.Length)
        {
            throw new ArgumentException($"Row start must run from 0 to the number of edges, {actions.Length}.", nameof(rowStart));
        }

        var units = rowStart.Length - 1;
        CheckLength(values.Length, actions.Length, nameof(values));
        CheckLength(frequencyCaps.Length, frequencyCaps.IsEmpty ? 0 : units, nameof(frequencyCaps));
        CheckLength(unitKeys.Length, unitKeys.IsEmpty ? 0 : units, nameof(unitKeys));
        var builder = new AllocationProgramBuilder { _owned = (rowStart, actions, values) };
        builder._caps.AddRange(frequencyCaps);
        builder._keys.AddRange(unitKeys);
        return builder;
    }

    /// <summary>Adds a unit; the edges that follow belong to it.</summary>
    /// <param name="frequencyCap">Greatest number of actions, ≥ 0; 0 keeps the unit in the program without any action.</param>
    /// <param name="key">Stable key for seeded hashing; default is the unit's index.</param>
    /// <returns>Index of the unit.</returns>
    /// <exception cref="InvalidOperationException">The units were given as arrays.</exception>
    public int AddUnit(int frequencyCap = 1, ulong? key = null)
    {
        if (_owned is not null)
        {
            throw new InvalidOperationException("The units were given as arrays.");
        }

        var unit = _caps.Count;
        _caps.Add(frequencyCap);
        _keys.Add(key ?? (ulong)unit);
        _rowStart.Add(_actions.Count);
        return unit;
    }

    /// <summary>Makes an action eligible for the unit added last.</summary>
    /// <param name="action">Action index, ≥ 0.</param>
    /// <param name="value">Value relative to no action, in money, kept in single precision.</param>
    /// <returns>Index of the edge.</returns>
    /// <exception cref="InvalidOperationException">No unit was added yet.</exception>
    public int AddEdge(int action, double value)
    {
        if (_caps.Count == 0 || _owned is not null)
        {
            throw new InvalidOperationException("An edge belongs to the unit added last; add a unit first.");
        }

        _actions.Add(action);
        _values.Add((float)value);
        _rowStart[^1] = _actions.Count;
        return _actions.Count - 1;
    }

    /// <summary>Divides actions into channels and caps the actions of a unit in each.</summary>
    /// <param name="channelOfAction">Channel of each action, below the number of channels, or <see cref="UnitLimits.NoChannel"/>; actions beyond
    /// its length have none; shape [actions].</param>
    /// <param name="caps">Greatest number of actions of a unit in each channel, in [0, 255]; shape [channels] for all units or
    /// [units × channels], row-major.</param>
    /// <param name="channels">Number of channels, in [1, 255].</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A length, channel or cap is out of range.</exception>
    public AllocationProgramBuilder WithChannels(ReadOnlySpan<byte> channelOfAction, ReadOnlySpan<int> caps, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, UnitLimits.NoChannel);
        if (caps.Length != channels)
        {
            CheckLength(caps.Length, UnitCount * channels, nameof(caps));
        }

        for (var action = 0; action < channelOfAction.Length; action++)
        {
            if (channelOfAction[action] >= channels && channelOfAction[action] != UnitLimits.NoChannel)
            {
                throw new ArgumentException($"Action {action}: channel {channelOfAction[action]} is outside [0, {channels}).", nameof(channelOfAction));
            }
        }

        (_channelOfAction, _channelCaps, _channels) = (channelOfAction.ToArray(), caps.ToArray(), channels);
        return this;
    }

    /// <summary>Adds something that edges use, different for each edge.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="perEdge">Use of each edge, finite and ≥ 0; taken over, not copied; shape [edges].</param>
    /// <returns>Index of the measure for <see cref="AddRow(string, RowKind, int, double?, double?, ReadOnlySpan{int})"/>.</returns>
    public int AddMeasure(string name, float[] perEdge)
    {
        ArgumentNullException.ThrowIfNull(perEdge);
        CheckLength(perEdge.Length, Actions.Length, nameof(perEdge));
        _measures.Add((name, perEdge, null));
        return _measures.Count;
    }

    /// <summary>Adds something that edges use, the same for all edges of an action.</summary>
    /// <param name="name">What is measured.</param>
    /// <param name="perAction">Use of each action, finite and ≥ 0; shape [actions].</param>
    /// <returns>Index of the measure for <see cref="AddRow(string, RowKind, int, double?, double?, ReadOnlySpan{int})"/>.</returns>
    public int AddMeasure(string name, ReadOnlySpan<double> perAction)
    {
        _measures.Add((name, null, perAction.ToArray()));
        return _measures.Count;
    }

    /// <summary>Adds a coupling row over a measure.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="kind">What the row limits.</param>
    /// <param name="measure">Index that <c>AddMeasure</c> returned, or <see cref="CountMeasure"/>.</param>
    /// <param name="lower">Least use, or null.</param>
    /// <param name="upper">Greatest use, or null.</param>
    /// <param name="actions">Actions that count; empty means all.</param>
    /// <returns>This builder.</returns>
    public AllocationProgramBuilder AddRow(string name, RowKind kind, int measure, double? lower, double? upper, ReadOnlySpan<int> actions = default)
    {
        _rows.Add(new DeclaredRow(name, kind, lower, upper) { Measure = measure, Actions = actions.IsEmpty ? null : actions.ToArray() });
        return this;
    }

    /// <summary>Adds a coupling row over all edges added so far, with a measure of its own.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="kind">What the row limits.</param>
    /// <param name="lower">Least use, or null.</param>
    /// <param name="upper">Greatest use, or null.</param>
    /// <param name="coefficients">Use of each edge, finite and ≥ 0; shape [edges].</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">One coefficient per edge is needed.</exception>
    public AllocationProgramBuilder AddRow(string name, RowKind kind, double? lower, double? upper, ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != Actions.Length)
        {
            throw new ArgumentException($"Row '{name}': {coefficients.Length} coefficients for {Actions.Length} edges.", nameof(coefficients));
        }

        _rows.Add(new DeclaredRow(name, kind, lower, upper) { Coefficients = coefficients.ToArray() });
        return this;
    }

    /// <summary>Adds a coupling row over some edges, with a measure of its own.</summary>
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
        _rows.Add(new DeclaredRow(name, kind, lower, upper) { Edges = edges.ToArray(), Coefficients = coefficients.ToArray() });
        return this;
    }

    /// <summary>Adds a row that counts the choices of one action.</summary>
    /// <param name="name">Unique, not blank.</param>
    /// <param name="action">Action index.</param>
    /// <param name="lower">Least number, or null.</param>
    /// <param name="upper">Greatest number, or null.</param>
    /// <returns>This builder.</returns>
    public AllocationProgramBuilder AddVolumeRow(string name, int action, double? lower, double? upper) =>
        AddRow(name, RowKind.Volume, CountMeasure, lower, upper, [action]);

    /// <summary>Validates everything and freezes it.</summary>
    /// <returns>The program.</returns>
    /// <exception cref="ArgumentException">
    /// A value or coefficient is not finite in single precision, a coefficient, cap or bound is negative, lower exceeds upper, an edge is repeated or
    /// out of range, or a row's name is blank or taken. The message names the unit or the row.
    /// </exception>
    public AllocationProgram Build()
    {
        var (rowStart, actions, values) = _owned ?? ([.. _rowStart], [.. _actions], [.. _values]);
        var actionCount = ProgramValidation.CheckUnits(rowStart, actions, values);
        var limits = UnitLimitsBuilder.Build(CollectionsMarshal.AsSpan(_caps), rowStart.Length - 1, _channelOfAction, _channelCaps, _channels);
        var assembly = new RowAssembly(actions, actionCount);
        foreach (var (name, perEdge, perAction) in _measures)
        {
            assembly.Add(name, perEdge, perAction);
        }

        foreach (var row in _rows)
        {
            assembly.Add(row);
        }

        return new AllocationProgram(
            rowStart, actions, values, limits, _keys.Count == 0 ? null : [.. _keys], actionCount, [.. assembly.Measures], [.. assembly.Rows]);
    }

    private static void CheckLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Length {actual} must be {expected}.", parameter);
        }
    }
}
