namespace Noah.Experimentation.Triggering;

/// <summary>What two policies want for a unit.</summary>
public enum TriggerCell
{
    /// <summary>Both decide the same, "none" included: the unit cannot differ between arms.</summary>
    Agree,

    /// <summary>The control policy sends, the treatment policy does not.</summary>
    ControlOnly,

    /// <summary>The treatment policy sends, the control policy does not.</summary>
    TreatmentOnly,

    /// <summary>Both send, but different actions.</summary>
    DifferentAction,
}
