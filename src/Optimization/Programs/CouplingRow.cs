namespace Noah.Optimization.Programs;

/// <summary>
/// A named rule over many units: <c>Lower ≤ Σ measure · x ≤ Upper</c>, a sum over the edges of some actions of an
/// <see cref="AllocationProgram"/>.
/// </summary>
/// <remarks>Measures are non-negative, so that "no action" uses nothing of any row: rounding and exploration rest on this.</remarks>
public sealed class CouplingRow
{
    private readonly int[]? _actions;

    internal CouplingRow(string name, RowKind kind, int measureIndex, Measure measure, int[]? actions, double? lower, double? upper)
    {
        Name = name;
        Kind = kind;
        MeasureIndex = measureIndex;
        Measure = measure;
        Lower = lower;
        Upper = upper;
        _actions = actions;
    }

    /// <summary>Unique name within the program; every explanation speaks of the row by it.</summary>
    public string Name { get; }

    /// <summary>What the row limits.</summary>
    public RowKind Kind { get; }

    /// <summary>What is summed.</summary>
    public Measure Measure { get; }

    /// <summary>Index of <see cref="Measure"/> in <see cref="AllocationProgram.Measures"/>.</summary>
    public int MeasureIndex { get; }

    /// <summary>Least use in the unit of the measure; null when the row has no lower bound.</summary>
    public double? Lower { get; }

    /// <summary>Greatest use in the unit of the measure; null when the row has no upper bound.</summary>
    public double? Upper { get; }

    /// <summary>Whether the row is over all actions.</summary>
    public bool CoversAll => _actions is null;

    /// <summary>Actions of the row, ascending; empty when it covers all.</summary>
    public ReadOnlySpan<int> Actions => _actions;

    /// <summary>Whether choosing this action counts in the row.</summary>
    /// <param name="action">Action index.</param>
    /// <returns>True when it does.</returns>
    public bool Covers(int action) => _actions is null || Array.BinarySearch(_actions, action) >= 0;

    internal CouplingRow WithBounds(double? lower, double? upper) => new(Name, Kind, MeasureIndex, Measure, _actions, lower, upper);

    internal CouplingRow With(Measure measure, double? lower, double? upper) => new(Name, Kind, MeasureIndex, measure, _actions, lower, upper);
}
