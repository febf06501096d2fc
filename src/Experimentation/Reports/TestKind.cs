namespace Noah.Experimentation.Reports;

/// <summary>The tests a report can hold.</summary>
public enum TestKind
{
    /// <summary>Welch's t on means.</summary>
    Welch,

    /// <summary>Mann–Whitney with tie correction.</summary>
    MannWhitney,

    /// <summary>Zero-trimmed U, pooled form.</summary>
    ZeroTrimmedU,

    /// <summary>Two-part chi-square.</summary>
    TwoPart,

    /// <summary>Two proportions.</summary>
    Proportion,
}
