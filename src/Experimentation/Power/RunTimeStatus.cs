namespace Noah.Experimentation.Power;

/// <summary>Where a run time comes from.</summary>
public enum RunTimeStatus
{
    /// <summary>The history itself reaches the number.</summary>
    Observed,

    /// <summary>The history's growth goes on, up to three times its length.</summary>
    Extrapolated,

    /// <summary>Not within three times the history: too few members come for the first time.</summary>
    OutOfReach,
}
