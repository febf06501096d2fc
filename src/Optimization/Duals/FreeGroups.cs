namespace Noah.Optimization.Duals;

/// <summary>
/// The edges whose smoothed probability lies strictly between 0 and 1, in groups: inside a centred group the probabilities sum to what a tight cap
/// leaves, so that one can only grow as the others shrink.
/// </summary>
/// <remarks>The Hessian of the smoothed dual is 1/γ · Σ over groups of A_G (I − 11ᵀ/|G|) A_Gᵀ (without the centring where no cap is tight).</remarks>
public sealed class FreeGroups
{
    private readonly List<int> _edges = [];
    private readonly List<float> _probabilities = [];
    private readonly List<int> _ends = [];
    private readonly List<bool> _centred = [];

    /// <summary>Number of groups.</summary>
    public int Count => _ends.Count;

    /// <summary>Number of units with at least one group.</summary>
    public int Units { get; private set; }

    /// <summary>Edges of a group.</summary>
    /// <param name="group">Group below <see cref="Count"/>.</param>
    /// <returns>Edges of one unit.</returns>
    public ReadOnlySpan<int> Edges(int group)
    {
        var first = group == 0 ? 0 : _ends[group - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_edges)[first.._ends[group]];
    }

    /// <summary>Smoothed probability of each edge of a group.</summary>
    /// <param name="group">Group below <see cref="Count"/>.</param>
    /// <returns>As many as the group has edges, in (0, 1).</returns>
    public ReadOnlySpan<float> Probabilities(int group)
    {
        var first = group == 0 ? 0 : _ends[group - 1];
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_probabilities)[first.._ends[group]];
    }

    /// <summary>Whether a tight cap keeps the sum of the group.</summary>
    /// <param name="group">Group below <see cref="Count"/>.</param>
    /// <returns>True when it does.</returns>
    public bool IsCentred(int group) => _centred[group];

    /// <summary>Adds a group.</summary>
    /// <param name="edges">Edges of one unit.</param>
    /// <param name="probabilities">Smoothed probability of each.</param>
    /// <param name="centred">Whether a tight cap keeps their sum.</param>
    public void Add(ReadOnlySpan<int> edges, ReadOnlySpan<float> probabilities, bool centred)
    {
        _edges.AddRange(edges);
        _probabilities.AddRange(probabilities);

        _ends.Add(_edges.Count);
        _centred.Add(centred);
    }

    /// <summary>Counts a unit whose groups have been added.</summary>
    public void CountUnit() => Units++;

    internal void Append(FreeGroups other)
    {
        var shift = _edges.Count;
        _edges.AddRange(other._edges);
        _probabilities.AddRange(other._probabilities);
        foreach (var end in other._ends)
        {
            _ends.Add(shift + end);
        }

        _centred.AddRange(other._centred);
        Units += other.Units;
    }

    internal void Clear()
    {
        _edges.Clear();
        _probabilities.Clear();
        _ends.Clear();
        _centred.Clear();
        Units = 0;
    }
}
