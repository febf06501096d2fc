namespace Noah.Optimization.Programs;

/// <summary>
/// A named rule over many units: <c>Lower ≤ Σ coefficient · x ≤ Upper</c>, a sum over the edges of an <see cref="AllocationProgram"/>.
/// </summary>
/// <remarks>Coefficients are non-negative, so that "no action" uses nothing of any row: rounding and exploration rest on this.</remarks>
public sealed class CouplingRow
{
    private readonly int[] _edges;
    private readonly double[] _coefficients;

    internal CouplingRow(string name, RowKind kind, double? lower, double? upper, int[] edges, double[] coefficients)
    {
        Name = name;
        Kind = kind;
        Lower = lower;
        Upper = upper;
        _edges = edges;
        _coefficients = coefficients;
    }

    /// <summary>Unique name within the program; every explanation speaks of the row by it.</summary>
    public string Name { get; }

    /// <summary>What the row limits.</summary>
    public RowKind Kind { get; }

    /// <summary>Least use in the unit of the coefficients; null when the row has no lower bound.</summary>
    public double? Lower { get; }

    /// <summary>Greatest use in the unit of the coefficients; null when the row has no upper bound.</summary>
    public double? Upper { get; }

    /// <summary>Edges with a positive coefficient, ascending; shape [entries].</summary>
    public ReadOnlySpan<int> Edges => _edges;

    /// <summary>Coefficients of <see cref="Edges"/>, finite and positive; shape [entries].</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    internal CouplingRow WithBounds(double? lower, double? upper) => new(Name, Kind, lower, upper, _edges, _coefficients);
}
