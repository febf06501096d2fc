namespace Noah.Optimization.Programs;

/// <summary>What choosing an edge uses of something: money, one send, expected unsubscribes. Coupling rows bound sums of a measure.</summary>
/// <remarks>
/// Either one number an edge, kept as single precision (4 bytes an edge; the rounded number is the program), or one an action, kept in double
/// precision at no cost per edge: a price list stays exact to the cent.
/// </remarks>
public sealed class Measure
{
    private readonly float[]? _perEdge;
    private readonly double[]? _perAction;

    internal Measure(string name, float[] perEdge) => (Name, _perEdge) = (name, perEdge);

    internal Measure(string name, double[] perAction) => (Name, _perAction) = (name, perAction);

    /// <summary>What is measured.</summary>
    public string Name { get; }

    /// <summary>Whether edges of one action can differ.</summary>
    public bool IsPerEdge => _perEdge is not null;

    /// <summary>Use of each edge, ≥ 0, when <see cref="IsPerEdge"/>, else empty; shape [edges].</summary>
    public ReadOnlySpan<float> PerEdge => _perEdge;

    /// <summary>Use of each action, ≥ 0, unless <see cref="IsPerEdge"/>, else empty; shape [actions].</summary>
    public ReadOnlySpan<double> PerAction => _perAction;

    /// <summary>Use of one edge.</summary>
    /// <param name="edge">Edge index.</param>
    /// <param name="action">Its action.</param>
    /// <returns>A finite number ≥ 0.</returns>
    public double Of(int edge, int action) => _perEdge is { } perEdge ? perEdge[edge] : _perAction![action];

    /// <summary>The array behind <see cref="PerEdge"/>, for inner loops.</summary>
    internal float[]? EdgeArray => _perEdge;

    internal Measure OfEdges(ReadOnlySpan<int> edges)
    {
        if (_perEdge is not { } perEdge)
        {
            return this;
        }

        var taken = new float[edges.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = perEdge[edges[i]];
        }

        return new Measure(Name, taken);
    }
}
