namespace Noah.Heuristics.SendTime;

/// <summary>Why an hour was chosen.</summary>
public enum HourReason
{
    /// <summary>The member's own history weighs at least as much as the population's.</summary>
    Personal,

    /// <summary>The population's histogram weighs more than the member's own history.</summary>
    Population,

    /// <summary>The member fell into the control share and is sent at the baseline hour (or the next allowed one).</summary>
    Control,

    /// <summary>There was one allowed hour only.</summary>
    OnlyAllowedHour,
}

/// <summary>A chosen send hour.</summary>
/// <param name="Hour">Local hour of the day, 0 to 23.</param>
/// <param name="Probability">Exact probability of this hour under the whole design, control included, in (0, 1].</param>
/// <param name="Reason">Why.</param>
public readonly record struct HourChoice(int Hour, double Probability, HourReason Reason);
