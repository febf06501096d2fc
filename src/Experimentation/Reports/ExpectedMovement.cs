namespace Noah.Experimentation.Reports;

/// <summary>
/// What a treatment is expected to move in a zero-inflated metric. It picks the headline test and must be declared before the data
/// are seen: choosing among the tests afterwards gives up their error level.
/// </summary>
public enum ExpectedMovement
{
    /// <summary>Participation and amount in the same direction: zero-trimmed U.</summary>
    Together,

    /// <summary>Participation alone: Mann–Whitney with tie correction.</summary>
    ParticipationOnly,

    /// <summary>The amount alone, or both in opposite directions: two-part test.</summary>
    AmountOnlyOrOpposite,
}
