namespace Noah.Experimentation.Assignment;

/// <summary>Result of <see cref="LayeredAssignment"/>.</summary>
/// <param name="Place">Where the unit is.</param>
/// <param name="Arm">Index of its arm; null outside the experiment.</param>
public readonly record struct UnitAssignment(AssignmentPlace Place, int? Arm);
