namespace Noah.Optimization.Programs;

/// <summary>A row as the caller stated it: over a measure and some actions, or with coefficients of its own.</summary>
internal sealed record DeclaredRow(string Name, RowKind Kind, double? Lower, double? Upper)
{
    public int Measure { get; init; }

    public int[]? Actions { get; init; }

    public int[]? Edges { get; init; }

    public double[]? Coefficients { get; init; }
}
