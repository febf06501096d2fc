using Noah.Optimization.Programs;

namespace Noah.Optimization.Explanations;

/// <summary>Other bounds for one row.</summary>
/// <param name="Row">Index into <see cref="AllocationProgram.Rows"/>.</param>
/// <param name="Lower">New lower bound, finite and ≥ 0, or null for none.</param>
/// <param name="Upper">New upper bound, finite, ≥ 0 and ≥ <paramref name="Lower"/>, or null for none.</param>
public sealed record BoundChange(int Row, double? Lower, double? Upper);
