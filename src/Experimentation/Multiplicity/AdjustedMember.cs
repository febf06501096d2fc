namespace Noah.Experimentation.Multiplicity;

/// <summary>A comparison after the correction of its family.</summary>
/// <param name="Member">The comparison.</param>
/// <param name="FamilySize">Comparisons in the family that count.</param>
/// <param name="AdjustedPValue">To be read against α itself; null where p is.</param>
/// <param name="Rejected">Whether the adjusted p is at most α.</param>
/// <param name="IntervalConfidence">
/// Confidence at which this comparison's own interval must be built so that the promise covers the intervals too: 1 − α/m for Holm (all cover
/// together), 1 − α R/m for a finding among R under Benjamini-Hochberg (α of the shown intervals of findings miss on average; Benjamini
/// and Yekutieli 2005), the harmonic factor more under any dependence; 1 − α for what is not found there. Null where p is.
/// </param>
public sealed record AdjustedMember(FamilyMember Member, int FamilySize, double? AdjustedPValue, bool Rejected, double? IntervalConfidence);
