namespace Noah.Optimization.Programs;

/// <summary>x of every edge of a program, of which most are 0: the others in ascending order. Immutable.</summary>
public sealed class EdgeProbabilities
{
    private readonly int[] _edges;
    private readonly double[] _values;

    internal EdgeProbabilities(int edgeCount, int[] edges, double[] values)
    {
        EdgeCount = edgeCount;
        _edges = edges;
        _values = values;
    }

    /// <summary>Number of edges of the program.</summary>
    public int EdgeCount { get; }

    /// <summary>Edges whose probability is not 0, ascending; shape [entries].</summary>
    public ReadOnlySpan<int> Edges => _edges;

    /// <summary>Probability of each of <see cref="Edges"/>; shape [entries].</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Probability of one edge; found in a time logarithmic in the number of entries.</summary>
    /// <param name="edge">Edge index.</param>
    /// <returns>0 for an edge that is not stored.</returns>
    public double this[int edge] => Array.BinarySearch(_edges, edge) is var at and >= 0 ? _values[at] : 0;

    /// <summary>Takes the entries that are not 0.</summary>
    /// <param name="probabilities">Shape [edges].</param>
    /// <returns>The sparse form.</returns>
    public static EdgeProbabilities Of(ReadOnlySpan<double> probabilities)
    {
        var count = probabilities.Length - System.MemoryExtensions.Count(probabilities, 0.0);
        var (edges, values, at) = (new int[count], new double[count], 0);
        for (var edge = 0; edge < probabilities.Length; edge++)
        {
            if (probabilities[edge] != 0)
            {
                (edges[at], values[at]) = (edge, probabilities[edge]);
                at++;
            }
        }

        return new EdgeProbabilities(probabilities.Length, edges, values);
    }

    /// <summary>Takes some edges with probability 1.</summary>
    /// <param name="edgeCount">Number of edges of the program.</param>
    /// <param name="edges">Chosen edges, ascending; shape [entries].</param>
    /// <returns>The sparse form.</returns>
    /// <exception cref="ArgumentException">The edges do not ascend within the program.</exception>
    public static EdgeProbabilities OfChosen(int edgeCount, ReadOnlySpan<int> edges)
    {
        var before = -1;
        foreach (var edge in edges)
        {
            if (edge <= before || edge >= edgeCount)
            {
                throw new ArgumentException($"Edge {edge} after {before}: edges must ascend within [0, {edgeCount}).", nameof(edges));
            }

            before = edge;
        }

        var ones = new double[edges.Length];
        Array.Fill(ones, 1.0);
        return new EdgeProbabilities(edgeCount, edges.ToArray(), ones);
    }

    /// <summary>All probabilities, zeros included; shape [edges].</summary>
    /// <returns>A new array.</returns>
    public double[] ToArray()
    {
        var dense = new double[EdgeCount];
        for (var i = 0; i < _edges.Length; i++)
        {
            dense[_edges[i]] = _values[i];
        }

        return dense;
    }
}
