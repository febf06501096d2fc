namespace Noah.Experimentation.Reports;

/// <summary>Whether the trusted tests of a contrast tell the same story at the report's level, before adjustment.</summary>
public enum TestAgreement
{
    /// <summary>All find a difference, all in one direction.</summary>
    AllSignificant,

    /// <summary>None finds a difference.</summary>
    NoneSignificant,

    /// <summary>Some find one and some do not: read the components.</summary>
    Mixed,

    /// <summary>Two tests find differences in opposite directions: no single number tells the story.</summary>
    Opposed,
}
