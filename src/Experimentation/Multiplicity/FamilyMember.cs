namespace Noah.Experimentation.Multiplicity;

/// <summary>One comparison, as it enters a family.</summary>
/// <param name="Family">Name of its family, such as "primary" or "country"; corrections do not reach over families.</param>
/// <param name="Metric">Metric compared.</param>
/// <param name="Arm">Arm compared with the baseline.</param>
/// <param name="PValue">p in [0, 1]; null where it could not be computed, which does not count.</param>
public sealed record FamilyMember(string Family, string Metric, string Arm, double? PValue);
