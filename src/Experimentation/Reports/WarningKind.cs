namespace Noah.Experimentation.Reports;

/// <summary>What to be careful about.</summary>
public enum WarningKind
{
    /// <summary>Arm sizes contradict the planned weights: no result of the report is to be read as an effect.</summary>
    SampleRatioMismatch,

    /// <summary>A metric has values for another number of units than were assigned.</summary>
    OutcomeCountMismatch,

    /// <summary>An arm has few positive values.</summary>
    FewPositives,

    /// <summary>Unequal arms with heavy tails: Welch's test and interval are not to be trusted.</summary>
    WelchUntrusted,

    /// <summary>The tests of a contrast disagree.</summary>
    TestsDisagree,
}
