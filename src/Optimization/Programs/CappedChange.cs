namespace Noah.Optimization.Programs;

/// <summary>Another choice of a unit.</summary>
/// <param name="Distance">By how much reduced values have to change for it to be as good, ≥ 0, in money.</param>
/// <param name="Enters">Candidate taken up, −1 for none.</param>
/// <param name="Leaves">Candidate given up, −1 for none.</param>
internal readonly record struct CappedChange(double Distance, int Enters, int Leaves);
