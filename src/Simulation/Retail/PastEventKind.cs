namespace Noah.Simulation.Retail;

/// <summary>Kind of a <see cref="PastEvent"/>.</summary>
public enum PastEventKind
{
    /// <summary>Opened one of the weekly mails of the half year before the campaign.</summary>
    Open = 0,

    /// <summary>Bought; the amounts of a member's past year add up to <see cref="CustomerAttributes.History"/>.</summary>
    Purchase = 1,
}
