namespace Noah.Experimentation.Clustered;

/// <summary>Assumed correlation within a cluster. A wrong one costs efficiency; the sandwich errors stay valid.</summary>
public enum WorkingCorrelation
{
    /// <summary>None.</summary>
    Independence,

    /// <summary>The same between all members of a cluster.</summary>
    Exchangeable,

    /// <summary>α^|s − t| between positions s and t of a cluster, in the order of its rows.</summary>
    AutoRegressive,

    /// <summary>One for each pair of positions.</summary>
    Unstructured,
}
