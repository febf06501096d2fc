namespace Noah.Experimentation.Triggering;

/// <summary>Whether triggered estimates may be read.</summary>
public enum TriggeredStatus
{
    /// <summary>Estimates are there and no check contradicts them.</summary>
    Sound,

    /// <summary>An arm has fewer than two units on whom the policies disagree.</summary>
    TooFewTriggered,

    /// <summary>Arms contradict the planned ratio among all or among triggered units: the trigger depends on the arm.</summary>
    SampleRatioMismatch,

    /// <summary>Units on whom the policies agree differ between arms: decisions were not logged as they would have been taken, or arms leak.</summary>
    ComplementDiffers,
}
