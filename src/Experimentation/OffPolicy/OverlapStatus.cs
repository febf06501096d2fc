namespace Noah.Experimentation.OffPolicy;

/// <summary>Whether the log can speak about a target policy.</summary>
public enum OverlapStatus
{
    /// <summary>Estimates and intervals can be used.</summary>
    Sufficient,

    /// <summary>Estimates are there, but rest on few units.</summary>
    Weak,

    /// <summary>The log holds no such decisions, or lacks too many: no estimate is given.</summary>
    Missing,
}
