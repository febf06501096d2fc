using Noah.Optimization.Programs;

namespace Noah.Optimization.Online;

/// <summary>One row of a plan as a price book keeps it.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Kind">What the row limits.</param>
/// <param name="Lower">Lower bound, or null.</param>
/// <param name="Upper">Upper bound, or null.</param>
/// <param name="DualPrice">Price, signed as in the certificate, in money per unit of the row.</param>
/// <param name="Planned">What the plan uses of it in expectation, and how far that may scatter.</param>
public sealed record BookedRow(string Name, RowKind Kind, double? Lower, double? Upper, double DualPrice, PlannedUse Planned);
