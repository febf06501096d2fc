namespace Noah.Experimentation.Sequential;

/// <summary>What arrived between two looks, such as a day's units.</summary>
/// <param name="Treatment">New units of the treatment, at least 0.</param>
/// <param name="TreatmentSuccesses">Successes among them.</param>
/// <param name="Control">New units of the control, at least 0.</param>
/// <param name="ControlSuccesses">Successes among them.</param>
public readonly record struct ProportionBatch(long Treatment, long TreatmentSuccesses, long Control, long ControlSuccesses);
